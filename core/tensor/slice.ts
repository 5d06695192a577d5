/** @file Slicing with Python's meaning. */
import { tf } from './tf.ts';

/** Where to begin and end along an axis, as in Python: negative ones count from the end, null and absent mean all there is. */
export interface Range {
  readonly start?: number | null;
  readonly stop?: number | null;
  /** 1 unless given; negative to go backward. */
  readonly step?: number | null;
}

/**
 * Part of a tensor: `x[ranges]` of NumPy. One range, or one number, which takes away the axis, for each axis from the first; null takes all of
 * an axis. Differentiable. The caller disposes the result.
 * @throws RangeError if there are more ranges than axes, a step is 0, or a number lies outside of its axis.
 */
export function slice(x: tf.Tensor, ranges: readonly (Range | number | null)[]): tf.Tensor {
  if (ranges.length > x.rank) throw new RangeError(`A tensor of ${x.rank} axes cannot be sliced along ${ranges.length}.`);
  const parts = x.shape.map((size, axis) => resolve(ranges[axis] ?? {}, size, axis));
  const shape = parts.flatMap(({ count, isIndex }) => (isIndex ? [] : [count]));
  if (shape.includes(0)) return tf.zeros(shape, x.dtype as 'float32');
  return tf.tidy(() => {
    if (parts.every(({ step }) => step === 1)) {
      const begin = parts.map(({ start }) => start);
      return tf.reshape(
        tf.slice(
          x,
          begin,
          parts.map(({ count }) => count),
        ),
        shape,
      );
    }
    // A backward slice down to the first number has no end in numbers: a mask says that it is open.
    const ends = parts.map(({ start, step, count }) => start + step * count);
    const open = ends.reduce((mask, end, axis) => (end < 0 ? mask | (1 << axis) : mask), 0);
    const sliced = tf.stridedSlice(
      x,
      parts.map(({ start }) => start),
      ends.map((end, axis) => Math.min(Math.max(end, 0), x.shape[axis]!)),
      parts.map(({ step }) => step),
      0,
      open,
    );
    return tf.reshape(sliced, shape);
  });
}

interface Part {
  readonly start: number;
  readonly step: number;
  readonly count: number;
  readonly isIndex: boolean;
}

/** @throws RangeError for a step of 0, and an index beyond the axis. */
function resolve(range: Range | number, size: number, axis: number): Part {
  if (typeof range === 'number') {
    const start = range < 0 ? range + size : range;
    if (start < 0 || start >= size) throw new RangeError(`Index ${range} lies outside of axis ${axis} of size ${size}.`);
    return { start, step: 1, count: 1, isIndex: true };
  }
  const step = range.step ?? 1;
  if (!Number.isInteger(step) || step === 0) throw new RangeError(`A step is a whole number other than 0, got ${step}.`);
  return { ...placesOf(range, size), step, isIndex: false };
}

/** Where a range begins along an axis of this size, and how many places it has: Python's `slice.indices`. */
export function placesOf({ start, stop, step }: Range, size: number): { readonly start: number; readonly count: number } {
  const by = step ?? 1;
  const [lowest, highest] = by > 0 ? [0, size] : [-1, size - 1];
  const bound = (value: number | null | undefined, otherwise: number) =>
    value == null ? otherwise : Math.min(Math.max(value < 0 ? value + size : value, lowest), highest);
  const from = bound(start, by > 0 ? lowest : highest);
  const to = bound(stop, by > 0 ? highest : lowest);
  return { start: from, count: Math.max(Math.ceil((to - from) / by), 0) };
}
