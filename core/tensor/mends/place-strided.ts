/** @file Zeros between and around the numbers of a tensor. */
import * as tf from '@tensorflow/tfjs-core';

/** Zeros to put before, after and between the numbers of one axis. Negative numbers before and after take away instead. */
export type InteriorPadding = readonly [low: number, high: number, interior: number];

/** Puts zeros between and around the numbers of each axis: `jax.lax.pad(x, 0, padding)`. Differentiable. */
export function padInterior(x: tf.Tensor, padding: readonly InteriorPadding[]): tf.Tensor {
  let spread = x;
  for (const [axis, [, , interior]] of padding.entries()) {
    const size = x.shape[axis]!;
    if (interior === 0 || size < 2) continue;
    const shape = [...spread.shape];
    const before = product(shape.slice(0, axis));
    const after = product(shape.slice(axis + 1));
    // Zeros after each number, then without those after the last: two axes only, so any rank will do.
    const rows = tf.pad(tf.reshape(spread, [before * size, after]), [
      [0, 0],
      [0, interior * after],
    ]);
    shape[axis] = size + (size - 1) * interior;
    const columns = tf.slice(tf.reshape(rows, [before, size * (interior + 1) * after]), [0, 0], [before, shape[axis]! * after]);
    spread = tf.reshape(columns, shape);
  }
  const begin = padding.map(([low]) => Math.max(-low, 0));
  const size = spread.shape.map((n, axis) => Math.max(n - begin[axis]! - Math.max(-padding[axis]![1], 0), 0));
  if (!tf.util.arraysEqual(size, spread.shape)) spread = tf.slice(spread, begin, size);
  if (padding.every(([low, high]) => low <= 0 && high <= 0)) return spread;
  return tf.pad(
    spread,
    padding.map(([low, high]): [number, number] => [Math.max(low, 0), Math.max(high, 0)]),
  );
}

/** A tensor of zeros of this shape, with `x` at `begin`, `begin + stride`, … along each axis: the gradient of a strided slice. */
export function placeStrided(x: tf.Tensor, shape: readonly number[], begin: readonly number[], strides: readonly number[]): tf.Tensor {
  if (x.size === 0) return tf.zeros([...shape]);
  const backward = strides.flatMap((stride, axis) => (stride < 0 ? [axis] : []));
  const padding = shape.map((size, axis): InteriorPadding => {
    const last = begin[axis]! + (x.shape[axis]! - 1) * strides[axis]!;
    const low = Math.min(begin[axis]!, last);
    return [low, size - 1 - Math.max(begin[axis]!, last), x.shape[axis]! > 1 ? Math.abs(strides[axis]!) - 1 : 0];
  });
  return padInterior(backward.length > 0 ? tf.reverse(x, backward) : x, padding);
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a * b, 1);
}
