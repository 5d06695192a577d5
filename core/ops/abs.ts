import { tf } from '../tensor/tf.ts';
import { withDerivative } from './shared/derivative.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** |x|; the derivative at 0 is 1, as in JAX. Port of jnp.abs. */
export function abs(x: tf.Tensor): tf.Tensor {
  return withDerivative(
    x,
    (x) => ({ value: tf.abs(x), saved: [x] }),
    (dy, x) => tf.where(tf.greaterEqual(x!, 0), dy, tf.neg(dy)),
  );
}

export const absOp = defineElementwiseOp({
  type: 'abs',
  family: 'arithmetic',
  doc: 'The size without the sign.',
  keywords: ['absolute value', 'magnitude'],
  apply: abs,
  dtypes: ['float32', 'int32'],
  flax: 'jnp.abs',
});
