/** @file Padding with numbers of the tensor itself. Port of jnp.pad. */
import { tf } from './tf.ts';

/** With a constant, mirrored without or with the number at the edge, from the other end, or with the number at the edge. */
export type PadMode = 'constant' | 'reflect' | 'symmetric' | 'wrap' | 'edge';

/**
 * Puts numbers before and after each axis: `jnp.pad(x, pairs, mode)`. `value` is for the mode `constant`. Any length is allowed: what
 * is mirrored or wrapped is repeated as often as needed. Differentiable. The caller disposes the result.
 * @throws RangeError if there is not one pair per axis, a number is negative, or an empty axis has nothing to be padded with.
 */
export function pad(x: tf.Tensor, pairs: readonly (readonly [number, number])[], mode: PadMode = 'constant', value = 0): tf.Tensor {
  if (pairs.length !== x.rank || pairs.flat().some((n) => !Number.isInteger(n) || n < 0))
    throw new RangeError(
      `Padding takes one pair of whole numbers of at least 0 for each of the ${x.rank} axes, got ${JSON.stringify(pairs)}.`,
    );
  if (mode === 'constant') {
    return tf.pad(
      x,
      pairs.map(([low, high]): [number, number] => [low, high]),
      value,
    );
  }
  return tf.tidy(() => {
    let padded = tf.clone(x);
    for (const [axis, [low, high]] of pairs.entries()) if (low + high > 0) padded = extend(padded, axis, low, high, mode);
    return padded;
  });
}

function extend(x: tf.Tensor, axis: number, low: number, high: number, mode: Exclude<PadMode, 'constant'>): tf.Tensor {
  const size = x.shape[axis]!;
  if (size === 0) throw new RangeError(`Axis ${axis} is empty: there is nothing to pad it with.`);
  const source = (position: number) => sourceOf(position, size, mode);
  const before = x.shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const after = x.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const rows = tf.reshape(x, [before, size, after]);
  // Runs of numbers that lie side by side, forward, backward, or the same one again and again.
  const runs: { from: number; step: number; count: number }[] = [];
  for (let position = -low; position < size + high; position++) {
    const at = source(position);
    const run = runs.at(-1);
    const step = run ? at - (run.from + run.step * (run.count - 1)) : 0;
    if (run && Math.abs(step) <= 1 && (run.count === 1 || step === run.step)) {
      run.step = step;
      run.count++;
    } else runs.push({ from: at, step: 0, count: 1 });
  }
  const parts = runs.map(({ from, step, count }) => {
    if (step === 0) return tf.tile(tf.slice(rows, [0, from, 0], [before, 1, after]), [1, count, 1]);
    const first = step < 0 ? from - count + 1 : from;
    const part = tf.slice(rows, [0, first, 0], [before, count, after]);
    return step < 0 ? tf.reverse(part, 1) : part;
  });
  const shape = x.shape.map((n, i) => (i === axis ? n + low + high : n));
  return tf.reshape(tf.concat(parts, 1), shape);
}

/** Which number stands at a position that may lie outside of 0 … size - 1. */
export function sourceOf(position: number, size: number, mode: Exclude<PadMode, 'constant'>): number {
  const modulo = (n: number, period: number) => ((n % period) + period) % period;
  switch (mode) {
    case 'edge':
      return Math.min(Math.max(position, 0), size - 1);
    case 'wrap':
      return modulo(position, size);
    case 'symmetric': {
      const at = modulo(position, 2 * size);
      return at < size ? at : 2 * size - 1 - at;
    }
    case 'reflect': {
      if (size === 1) return 0;
      const at = modulo(position, 2 * size - 2);
      return at < size ? at : 2 * size - 2 - at;
    }
  }
}
