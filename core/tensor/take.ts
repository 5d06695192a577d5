/** @file Picking by whole numbers. Ports of jnp.take in its mode "fill", and of jnp.take_along_axis. */
import { tf } from './tf.ts';

/** What stands in for an entry that is not there, as in JAX: NaN, the smallest int32, true. */
const MISSING: Readonly<Record<string, number>> = { float32: NaN, int32: -(2 ** 31), bool: 1 };

/**
 * The entries of `x` at `indices` along an axis: `jnp.take(x, indices, axis)`. The axis is replaced by the shape of `indices`. A negative index
 * counts from the end; one out of range gives NaN (-2^31 among integers, true among truth values), and no gradient. Differentiable by `x`: what
 * is taken twice, adds up. The caller disposes the result.
 * @throws RangeError if there is no such axis, or it is empty and something is to be taken.
 */
export function take(x: tf.Tensor, indices: tf.Tensor, axis = 0): tf.Tensor {
  const at = axis < 0 ? axis + x.rank : axis;
  const size = x.shape[at];
  if (size === undefined) throw new RangeError(`A tensor of the shape [${x.shape.join(', ')}] has no axis ${axis}.`);
  if (size === 0 && indices.size > 0)
    throw new RangeError(`There is nothing to take from axis ${axis} of the shape [${x.shape.join(', ')}], which is empty.`);
  const shape = [...x.shape.slice(0, at), ...indices.shape, ...x.shape.slice(at + 1)];
  if (shape.includes(0)) return tf.zeros(shape, x.dtype as 'float32');
  return tf.tidy(() => {
    const flat = tf.reshape(tf.cast(indices, 'int32'), [-1]);
    const { index, isInside } = wrap(flat, size);
    const taken = tf.gather(x, index as tf.Tensor1D, at);
    const wide = [flat.size, ...x.shape.slice(at + 1).map(() => 1)];
    return tf.reshape(orMissing(tf.reshape(isInside, wide), taken), shape);
  });
}

/**
 * For each place, the entry of `x` along an axis that `indices` names there: `jnp.take_along_axis(x, indices, axis)`. But for that axis the
 * shapes are broadcast against each other. Indices out of range as in `take`. Differentiable by `x`. The caller disposes the result.
 * @throws RangeError if the shapes do not fit.
 */
export function takeAlongAxis(x: tf.Tensor, indices: tf.Tensor, axis: number): tf.Tensor {
  const at = axis < 0 ? axis + x.rank : axis;
  const size = x.shape[at];
  const fits = x.rank === indices.rank && x.shape.every((n, i) => i === at || n === indices.shape[i] || n === 1 || indices.shape[i] === 1);
  if (size === undefined || !fits)
    throw new RangeError(
      `Indices must have the shape of the tensor but for axis ${axis}, or lengths of 1, got [${indices.shape.join(', ')}] for [${x.shape.join(', ')}].`,
    );
  const count = indices.shape[at]!;
  const common = x.shape.map((n, i) => (n === 1 ? indices.shape[i]! : n));
  const shape = common.with(at, count);
  // JAX gives zeros for indices into an empty axis, too.
  if (size === 0 || shape.includes(0)) return tf.zeros(shape, x.dtype as 'float32');
  return tf.tidy(() => {
    const entries = widen(x, common.with(at, size));
    const before = shape.slice(0, at).reduce((a, b) => a * b, 1);
    const after = shape.slice(at + 1).reduce((a, b) => a * b, 1);
    const { index, isInside } = wrap(tf.reshape(widen(tf.cast(indices, 'int32'), shape), [before, count, after]), size);
    const rows = tf.reshape(tf.mul(tf.range(0, before, 1, 'int32'), size * after), [before, 1, 1]);
    const places = tf.add(tf.add(rows, tf.mul(index, tf.scalar(after, 'int32'))), tf.range(0, after, 1, 'int32'));
    const taken = tf.gather(tf.reshape(entries, [-1]), tf.reshape(tf.cast(places, 'int32'), [-1]) as tf.Tensor1D);
    return tf.reshape(orMissing(tf.reshape(isInside, [-1]), taken), shape);
  });
}

function widen(x: tf.Tensor, shape: number[]): tf.Tensor {
  return tf.util.arraysEqual(x.shape, shape) ? x : tf.broadcastTo(x, shape);
}

/** Indices within the axis, and whether they were. */
function wrap(indices: tf.Tensor, size: number): { index: tf.Tensor; isInside: tf.Tensor } {
  const zero = tf.scalar(0, 'int32');
  const index = tf.where(tf.less(indices, zero), tf.add(indices, tf.scalar(size, 'int32')), indices);
  const isInside = tf.logicalAnd(tf.greaterEqual(index, zero), tf.less(index, tf.scalar(size, 'int32')));
  return { index: tf.cast(tf.clipByValue(index, 0, size - 1), 'int32'), isInside };
}

/** `taken` where it was there. Integers and truth values stay what they are. */
function orMissing(isInside: tf.Tensor, taken: tf.Tensor): tf.Tensor {
  const inside = tf.cast(tf.broadcastTo(tf.cast(isInside, 'int32'), taken.shape), 'bool');
  return tf.where(inside, taken, tf.scalar(MISSING[taken.dtype]!, taken.dtype));
}
