/** @file Picking by whole numbers. Ports of jnp.take in its mode "fill", and of jnp.take_along_axis. */
import { tf } from './tf.ts';

/**
 * The entries of `x` at `indices` along an axis: `jnp.take(x, indices, axis)`. The axis is replaced by the shape of `indices`. A negative index
 * counts from the end; one out of range gives NaN, and no gradient. Differentiable by `x`: what is taken twice, adds up.
 * The caller disposes the result.
 */
export function take(x: tf.Tensor, indices: tf.Tensor, axis = 0): tf.Tensor {
  const at = axis < 0 ? axis + x.rank : axis;
  const size = x.shape[at];
  if (size === undefined) throw new RangeError(`A tensor of the shape [${x.shape.join(', ')}] has no axis ${axis}.`);
  const shape = [...x.shape.slice(0, at), ...indices.shape, ...x.shape.slice(at + 1)];
  if (shape.includes(0)) return tf.zeros(shape, x.dtype as 'float32');
  return tf.tidy(() => {
    const flat = tf.reshape(tf.cast(indices, 'int32'), [-1]);
    const { index, isInside } = wrap(flat, size);
    const taken = tf.gather(x, index as tf.Tensor1D, at);
    const wide = [flat.size, ...x.shape.slice(at + 1).map(() => 1)];
    const inside = tf.broadcastTo(tf.cast(tf.reshape(isInside, wide), 'int32'), taken.shape);
    return tf.reshape(tf.where(tf.cast(inside, 'bool'), taken, NaN), shape);
  });
}

/**
 * For each place, the entry of `x` along an axis that `indices` names there: `jnp.take_along_axis(x, indices, axis)`. `indices` has the shape
 * of `x` but for that axis. Indices out of range as in `take`. Differentiable by `x`. The caller disposes the result.
 */
export function takeAlongAxis(x: tf.Tensor, indices: tf.Tensor, axis: number): tf.Tensor {
  const at = axis < 0 ? axis + x.rank : axis;
  const size = x.shape[at];
  const fits = x.rank === indices.rank && x.shape.every((n, i) => i === at || n === indices.shape[i]);
  if (size === undefined || !fits)
    throw new RangeError(
      `Indices must have the shape of the tensor but for axis ${axis}, got [${indices.shape.join(', ')}] for [${x.shape.join(', ')}].`,
    );
  if (indices.size === 0) return tf.zeros(indices.shape, x.dtype as 'float32');
  return tf.tidy(() => {
    const count = indices.shape[at]!;
    const before = x.shape.slice(0, at).reduce((a, b) => a * b, 1);
    const after = x.shape.slice(at + 1).reduce((a, b) => a * b, 1);
    const { index, isInside } = wrap(tf.reshape(tf.cast(indices, 'int32'), [before, count, after]), size);
    const rows = tf.reshape(tf.mul(tf.range(0, before, 1, 'int32'), size * after), [before, 1, 1]);
    const places = tf.add(tf.add(rows, tf.mul(index, tf.scalar(after, 'int32'))), tf.range(0, after, 1, 'int32'));
    const taken = tf.gather(tf.reshape(x, [-1]), tf.reshape(tf.cast(places, 'int32'), [-1]) as tf.Tensor1D);
    return tf.reshape(tf.where(tf.reshape(isInside, [-1]), taken, NaN), indices.shape);
  });
}

/** Indices within the axis, and whether they were. */
function wrap(indices: tf.Tensor, size: number): { index: tf.Tensor; isInside: tf.Tensor } {
  const zero = tf.scalar(0, 'int32');
  const index = tf.where(tf.less(indices, zero), tf.add(indices, tf.scalar(size, 'int32')), indices);
  const isInside = tf.logicalAnd(tf.greaterEqual(index, zero), tf.less(index, tf.scalar(size, 'int32')));
  return { index: tf.cast(tf.clipByValue(index, 0, size - 1), 'int32'), isInside };
}
