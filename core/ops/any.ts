import { tf } from '../tensor/tf.ts';
import { axesOf, defineReductionOp, type ReductionOptions } from './shared/reduction.ts';

/** Whether any of the truth values over the axes is true. Port of jnp.any. */
export function any(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.any(x, axesOf(x, options), options.keepdims);
}

export const anyOp = defineReductionOp({
  type: 'any',
  doc: 'Whether any is true, over axes.',
  keywords: ['logical or', 'mask'],
  apply: any,
  flax: 'jnp.any',
  dtypes: ['bool'],
});
