import { tf } from '../tensor/tf.ts';
import { withDerivative } from './shared/derivative.ts';
import { asFloat } from './shared/elementwise.ts';
import { axesOf, defineReductionOp, reduceShape, type ReductionOptions } from './shared/reduction.ts';

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
  const axes = axesOf(x, options);
  return withDerivative(
    x,
    (given) => {
      const x = asFloat(given);
      const largest = tf.max(x, axes, true);
      // Nothing but -Infinity must not become NaN.
      const shift = tf.where(tf.isFinite(largest), largest, tf.zerosLike(largest));
      const kept = tf.add(tf.log(tf.sum(tf.exp(tf.sub(x, shift)), axes, true)), shift);
      return { value: options.keepdims ? kept : tf.reshape(kept, reduceShape(x.shape, axes, false) as number[]), saved: [x, kept] };
    },
    (dy, x, kept) => tf.mul(tf.reshape(dy, kept!.shape), tf.exp(tf.sub(x!, kept!))),
  );
}

export const logsumexpOp = defineReductionOp({
  type: 'logsumexp',
  doc: 'The logarithm of the sum of the exponentials over axes: a smooth maximum.',
  keywords: ['log-sum-exp', 'smooth maximum', 'softmax'],
  apply: logsumexp,
  flax: 'nnx.logsumexp',
  dtype: () => 'float32',
});
