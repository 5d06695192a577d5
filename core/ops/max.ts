import { tf } from '../tensor/tf.ts';
import { axesOf, defineReductionOp, type ReductionOptions } from './shared/reduction.ts';

/** The largest number over the axes; equal ones share the gradient evenly. Port of jnp.max. */
export function max(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.max(x, axesOf(x, options), options.keepdims);
}

export const maxOp = defineReductionOp({
  type: 'max',
  doc: 'The largest number over axes.',
  keywords: ['maximum', 'largest', 'pooling'],
  apply: max,
  flax: 'jnp.max',
  dtypes: ['float32', 'int32', 'bool'],
  needsEntries: true,
});
