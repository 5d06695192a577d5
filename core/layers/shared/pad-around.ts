/** @file Padding with the input's own numbers: from its other end, or mirrored. Port of jnp.pad in the modes wrap and reflect. */
import { ValueError } from '../../nnx/errors.ts';
import { tf } from '../../tensor/tf.ts';
import type { Pairs } from './windows.ts';

/**
 * Adds (low, high) numbers before and after each axis. CIRCULAR goes on at the other end; REFLECT mirrors at the first and last number,
 * which are not repeated.
 * @throws ValueError where REFLECT would need more numbers than there are.
 */
export function padAround(x: tf.Tensor, pairs: Pairs, mode: 'CIRCULAR' | 'REFLECT'): tf.Tensor {
  if (mode === 'CIRCULAR') return pairs.reduce((padded, pair, axis) => wrapAxis(padded, axis, pair), x);
  const short = pairs.findIndex(([low, high], axis) => Math.max(low, high) >= x.shape[axis]!);
  if (short >= 0 && Math.max(...pairs[short]!) > 0) {
    throw new ValueError(
      `REFLECT padding of ${Math.max(...pairs[short]!)} needs an axis longer than that, got ${x.shape[short]}. Use a smaller kernel.`,
    );
  }
  return tf.mirrorPad(
    x,
    pairs.map(([low, high]): [number, number] => [low, high]),
    'reflect',
  );
}

function wrapAxis(x: tf.Tensor, axis: number, [low, high]: readonly [number, number]): tf.Tensor {
  if (low === 0 && high === 0) return x;
  const length = x.shape[axis]!;
  const parts: tf.Tensor[] = [];
  // In pieces of at most one length: a short axis goes around several times.
  for (let rest = low; rest > 0;) {
    const size = rest % length || length;
    parts.push(part(x, axis, length - size, size));
    rest -= size;
  }
  parts.push(x);
  for (let rest = high; rest > 0; rest -= length) parts.push(part(x, axis, 0, Math.min(rest, length)));
  return tf.concat(parts, axis);
}

function part(x: tf.Tensor, axis: number, start: number, length: number): tf.Tensor {
  return tf.slice(
    x,
    x.shape.map((_, i) => (i === axis ? start : 0)),
    x.shape.map((size, i) => (i === axis ? length : size)),
  );
}
