/** @file Softmax along any axis, and logarithms of sums, with JAX's values at infinities. */
import { customGradient } from './custom-gradient.ts';
import { tf } from './tf.ts';

/**
 * Positive numbers that sum to 1 along an axis: `jax.nn.softmax(x, axis)`. All -Infinity gives NaN. TensorFlow.js has the last axis only.
 * Differentiable. The caller disposes the result.
 */
export function softmax(x: tf.Tensor, axis = -1): tf.Tensor {
  return alongLast(x, axis, (rows) => tf.softmax(rows));
}

/** The logarithm of `softmax`: `jax.nn.log_softmax(x, axis)`. */
export function logSoftmax(x: tf.Tensor, axis = -1): tf.Tensor {
  return alongLast(x, axis, (rows) => tf.logSoftmax(rows));
}

/**
 * log(Σ exp x) without overflow: `jax.nn.logsumexp(x, axis, keepdims=)`, over all axes unless given. All -Infinity gives -Infinity, where
 * TensorFlow.js gives NaN. Differentiable. The caller disposes the result.
 */
export function logSumExp(x: tf.Tensor, axes?: number | readonly number[], keepDims = false): tf.Tensor {
  return tf.tidy(() => {
    const over = typeof axes === 'object' ? [...axes] : axes;
    const largest = tf.max(x, over, true);
    // An infinite shift would give Infinity - Infinity. No gradient through it: it cancels out.
    const shift = withoutGradient(tf.where(tf.isFinite(largest), largest, tf.zerosLike(largest)));
    const sum = tf.sum(tf.exp(tf.sub(x, shift)), over, true);
    const result = tf.add(tf.log(sum), shift);
    const reduced = tf.util.parseAxisParam(over as number[], x.shape);
    return keepDims
      ? result
      : tf.reshape(
          result,
          x.shape.filter((_, axis) => !reduced.includes(axis)),
        );
  });
}

function withoutGradient(x: tf.Tensor): tf.Tensor {
  return customGradient(
    [x],
    () => tf.clone(x),
    (dy) => [() => tf.zerosLike(dy)],
  );
}

function alongLast(x: tf.Tensor, axis: number, run: (rows: tf.Tensor) => tf.Tensor): tf.Tensor {
  const at = axis < 0 ? axis + x.rank : axis;
  if (at < 0 || at >= x.rank) throw new RangeError(`A tensor of the shape [${x.shape.join(', ')}] has no axis ${axis}.`);
  if (at === x.rank - 1) return run(x);
  const swap = x.shape.map((_, i) => (i === at ? x.rank - 1 : i === x.rank - 1 ? at : i));
  return tf.tidy(() => tf.transpose(run(tf.transpose(x, swap)), swap));
}
