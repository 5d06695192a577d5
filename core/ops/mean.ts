import { onnxReduction } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { asTorchFloat, axesOf, defineReductionOp, torchReduction, type ReductionOptions } from './shared/reduction.ts';

/**
 * The mean, a float, over the axes, all unless given: [...] to [...] without them, or with length 1 by `keepdims`. No numbers at all give
 * NaN. The caller disposes the result. Port of jnp.mean.
 * @throws RejectionError for axes that x does not have.
 */
export function mean(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.mean(x, axesOf(x, options), options.keepdims);
}

export const meanOp = defineReductionOp({
  type: 'mean',
  doc: 'The mean over axes.',
  keywords: ['average', 'global average pooling'],
  apply: mean,
  keras: 'mean',
  flax: 'jnp.mean',
  pytorch: torchReduction('mean', undefined, asTorchFloat),
  dtype: () => 'float32',
  onnx: onnxReduction('ReduceMean', { isFloat: true }),
});
