import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** |x|; the derivative at 0 is 1, as in JAX. The result has the shape of x; the caller disposes it. Port of jnp.abs. */
export function abs(x: tf.Tensor): tf.Tensor {
  return tf.abs(x);
}

export const absOp = defineElementwiseOp({
  type: 'abs',
  family: 'arithmetic',
  doc: 'The size without the sign.',
  keywords: ['absolute value', 'magnitude'],
  apply: abs,
  dtypes: ['float32', 'int32'],
  keras: 'abs',
  flax: 'jnp.abs',
  pytorch: 'torch.abs',
  onnx: 'Abs',
});
