/** @file Random bits. Port of jax.random.bits, 32 bits wide. */
import { CHUNK, randomWords } from './chunk.ts';
import type { Key } from './key.ts';

/** The number of elements of a shape; checks that it is a list, and that every size is a whole number of at least 0. */
export function sizeOf(shape: readonly number[]): number {
  if (!Array.isArray(shape)) throw new TypeError(`A shape is an array of whole numbers, got ${String(shape)}. For one axis write [n].`);
  let size = 1;
  for (const dimension of shape) {
    if (!Number.isInteger(dimension) || dimension < 0)
      throw new RangeError(`A shape holds whole numbers of at least 0, got [${shape.join(', ')}].`);
    size *= dimension;
  }
  return size;
}

/** Uniform 32-bit words, in row-major order of `shape`: `jax.random.bits(key, shape)`. */
export function randomBits(key: Key, shape: readonly number[] = []): Uint32Array {
  const out = new Uint32Array(sizeOf(shape));
  for (let start = 0; start < out.length; start += CHUNK) {
    const count = Math.min(CHUNK, out.length - start);
    out.set(randomWords(key, start, count).subarray(0, count), start);
  }
  return out;
}
