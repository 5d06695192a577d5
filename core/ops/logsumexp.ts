import { onnxReduction } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { logSumExp } from '../tensor/softmax.ts';
import { onFloat } from './shared/on-float.ts';
import { asTorchFloat, axesOf, defineReductionOp, torchReduction, type ReductionOptions } from './shared/reduction.ts';

export interface LogSumExpOptions extends ReductionOptions {
  /** Broadcastable to x: false, or 0, leaves an entry out. */
  readonly where?: tf.Tensor | null;
}

/**
 * log(Σ exp(x)) over the axes, all unless given, without overflow; with nothing kept it is -Infinity. The caller disposes it. Port of
 * nnx.logsumexp.
 */
export function logsumexp(x: tf.Tensor, { where, ...options }: LogSumExpOptions = {}): tf.Tensor {
  if (where) return tf.tidy(() => logsumexp(tf.where(tf.cast(where, 'bool'), x, tf.scalar(-Infinity)), options));
  return onFloat(x, (x) => logSumExp(x, axesOf(x, options), options.keepdims));
}

export const logsumexpOp = defineReductionOp({
  type: 'logsumexp',
  doc: 'The logarithm of the sum of the exponentials over axes: a smooth maximum.',
  keywords: ['log-sum-exp', 'smooth maximum', 'softmax'],
  apply: logsumexp,
  keras: 'logsumexp',
  flax: 'nnx.logsumexp',
  pytorch: torchReduction('logsumexp', undefined, asTorchFloat),
  dtype: () => 'float32',
  onnx: onnxReduction('ReduceLogSumExp', { isFloat: true }),
});
