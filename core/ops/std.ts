import { tf } from '../tensor/tf.ts';
import { defineReductionOp, type ReductionOptions } from './shared/reduction.ts';
import { variance } from './variance.ts';

/** The standard deviation over the axes; where it is 0 the gradient is NaN, as in JAX. Port of jnp.std. */
export function std(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.tidy(() => tf.sqrt(variance(x, options)));
}

export const stdOp = defineReductionOp({
  type: 'std',
  doc: 'The standard deviation over axes.',
  keywords: ['standard deviation', 'spread'],
  apply: std,
  flax: 'jnp.std',
  dtype: () => 'float32',
});
