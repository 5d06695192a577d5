import { tf } from '../tensor/tf.ts';
import { axesOf, defineReductionOp, type ReductionOptions } from './shared/reduction.ts';

/** Whether all of the truth values over the axes are true. Port of jnp.all. */
export function all(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.all(x, axesOf(x, options), options.keepdims);
}

export const allOp = defineReductionOp({
  type: 'all',
  doc: 'Whether all are true, over axes.',
  keywords: ['logical and', 'mask'],
  apply: all,
  flax: 'jnp.all',
  dtypes: ['bool'],
});
