import { onnxReduction } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { axesOf, defineReductionOp, torchReduction, type ReductionOptions } from './shared/reduction.ts';

/**
 * Whether any truth value is true, over the axes, all unless given: [...] to [...] without them, or with length 1 by `keepdims`. No numbers
 * at all give false. The caller disposes the result. Port of jnp.any.
 * @throws RejectionError for axes that x does not have.
 */
export function any(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.any(x, axesOf(x, options), options.keepdims);
}

export const anyOp = defineReductionOp({
  type: 'any',
  doc: 'Whether any is true, over axes.',
  keywords: ['logical or', 'mask'],
  apply: any,
  keras: 'any',
  flax: 'jnp.any',
  pytorch: torchReduction('any'),
  dtypes: ['bool'],
  onnx: onnxReduction('ReduceMax'),
});
