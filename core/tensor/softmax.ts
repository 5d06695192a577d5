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
 * log(Σ exp x) without overflow: `jnp.logsumexp(x, axis, keepdims=)`, over all axes unless given. All -Infinity gives -Infinity, where
 * TensorFlow.js gives NaN. Differentiable. The caller disposes the result.
 */
export function logSumExp(x: tf.Tensor, axes?: number | readonly number[], keepDims = false): tf.Tensor {
  const over = tf.util.parseAxisParam((typeof axes === 'object' ? [...axes] : axes) as number[], x.shape);
  const reduced = x.shape.filter((_, axis) => !over.includes(axis));
  return customGradient(
    [x],
    (save, [given]) => {
      const largest = tf.max(given!, over, true);
      // An infinite shift would give Infinity - Infinity.
      const shift = tf.where(tf.isFinite(largest), largest, tf.zerosLike(largest));
      const kept = tf.add(tf.log(tf.sum(tf.exp(tf.sub(given!, shift)), over, true)), shift);
      save([given!, kept]);
      return keepDims ? kept : tf.reshape(kept, reduced);
    },
    (dy, [given, kept]) => [() => tf.mul(tf.reshape(dy, kept!.shape), tf.exp(tf.sub(given!, kept!)))],
  );
}

function alongLast(x: tf.Tensor, axis: number, run: (rows: tf.Tensor) => tf.Tensor): tf.Tensor {
  const at = axis < 0 ? axis + x.rank : axis;
  if (at < 0 || at >= x.rank) throw new RangeError(`A tensor of the shape [${x.shape.join(', ')}] has no axis ${axis}.`);
  if (at === x.rank - 1) return run(x);
  const swap = x.shape.map((_, i) => (i === at ? x.rank - 1 : i === x.rank - 1 ? at : i));
  return tf.tidy(() => tf.transpose(run(tf.transpose(x, swap)), swap));
}
