import { onnxReduction } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { axesOf, defineReductionOp, torchInteger, torchReduction, type ReductionOptions } from './shared/reduction.ts';

/**
 * The sum over the axes, all unless given: [...] to [...] without them, or with length 1 by `keepdims`. Truth values count as integers. The
 * caller disposes the result. Port of jnp.sum.
 * @throws RejectionError for axes that x does not have.
 */
export function sum(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.sum(x, axesOf(x, options), options.keepdims);
}

export const sumOp = defineReductionOp({
  type: 'sum',
  doc: 'The sum over axes.',
  keywords: ['add', 'total'],
  apply: sum,
  keras: 'sum',
  flax: 'jnp.sum',
  pytorch: torchReduction('sum', torchInteger),
  dtype: (input) => (input === 'bool' ? 'int32' : input),
  onnx: onnxReduction('ReduceSum'),
});
