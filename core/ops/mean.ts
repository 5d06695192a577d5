import { tf } from '../tensor/tf.ts';
import { axesOf, defineReductionOp, type ReductionOptions } from './shared/reduction.ts';

/** The mean over the axes, a float. Port of jnp.mean. */
export function mean(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.mean(x, axesOf(x, options), options.keepdims);
}

export const meanOp = defineReductionOp({
  type: 'mean',
  doc: 'The mean over axes.',
  keywords: ['average', 'global average pooling'],
  apply: mean,
  flax: 'jnp.mean',
  dtype: () => 'float32',
});
