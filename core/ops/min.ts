import { tf } from '../tensor/tf.ts';
import { axesOf, defineReductionOp, type ReductionOptions } from './shared/reduction.ts';

/** The smallest number over the axes; equal ones share the gradient evenly. Port of jnp.min. */
export function min(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.min(x, axesOf(x, options), options.keepdims);
}

export const minOp = defineReductionOp({
  type: 'min',
  doc: 'The smallest number over axes.',
  keywords: ['minimum', 'smallest', 'pooling'],
  apply: min,
  flax: 'jnp.min',
  dtypes: ['float32', 'int32', 'bool'],
  needsEntries: true,
});
