import { onnxReduction } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { axesOf, defineReductionOp, torchReduction, type ReductionOptions } from './shared/reduction.ts';

/**
 * Whether all truth values are true, over the axes, all unless given: [...] to [...] without them, or with length 1 by `keepdims`. No
 * numbers at all give true. The caller disposes the result. Port of jnp.all.
 * @throws RejectionError for axes that x does not have.
 */
export function all(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.all(x, axesOf(x, options), options.keepdims);
}

export const allOp = defineReductionOp({
  type: 'all',
  doc: 'Whether all are true, over axes.',
  keywords: ['logical and', 'mask'],
  apply: all,
  keras: 'all',
  flax: 'jnp.all',
  pytorch: torchReduction('all'),
  dtypes: ['bool'],
  onnx: onnxReduction('ReduceMin'),
});
