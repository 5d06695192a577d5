import { onnxReduction } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { axesOf, defineReductionOp, torchReduction, type ReductionOptions } from './shared/reduction.ts';

/**
 * The largest number over the axes, all unless given: [...] to [...] without them, or with length 1 by `keepdims`. NaN wins; equal ones
 * share the gradient evenly. The caller disposes the result. Port of jnp.max, which refuses empty axes.
 * @throws RejectionError for axes that x does not have.
 */
export function max(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.max(x, axesOf(x, options), options.keepdims);
}

export const maxOp = defineReductionOp({
  type: 'max',
  doc: 'The largest number over axes.',
  keywords: ['maximum', 'largest', 'pooling'],
  apply: max,
  keras: 'max',
  flax: 'jnp.max',
  pytorch: torchReduction('amax'),
  dtypes: ['float32', 'int32', 'bool'],
  needsEntries: true,
  onnx: onnxReduction('ReduceMax'),
});
