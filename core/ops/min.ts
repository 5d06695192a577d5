import { onnxReduction } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { axesOf, defineReductionOp, torchReduction, type ReductionOptions } from './shared/reduction.ts';

/**
 * The smallest number over the axes, all unless given: [...] to [...] without them, or with length 1 by `keepdims`. NaN wins; equal ones
 * share the gradient evenly. The caller disposes the result. Port of jnp.min, which refuses empty axes.
 * @throws RejectionError for axes that x does not have.
 */
export function min(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.min(x, axesOf(x, options), options.keepdims);
}

export const minOp = defineReductionOp({
  type: 'min',
  doc: 'The smallest number over axes.',
  keywords: ['minimum', 'smallest', 'pooling'],
  apply: min,
  keras: 'min',
  flax: 'jnp.min',
  pytorch: torchReduction('amin'),
  dtypes: ['float32', 'int32', 'bool'],
  needsEntries: true,
  onnx: onnxReduction('ReduceMin'),
});
