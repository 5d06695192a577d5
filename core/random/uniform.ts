/** @file Uniform numbers. Port of jax.random.uniform, float32, equal to JAX bit for bit. */
import { sizeOf } from './bits.ts';
import { CHUNK, randomWords } from './chunk.ts';
import type { Key } from './key.ts';

const { fround } = Math;

/** Where uniform numbers lie: in [min, max), 0 and 1 unless given. */
export interface UniformRange {
  readonly min?: number;
  readonly max?: number;
}

/** Uniform numbers in [min, max), in row-major order of `shape`: `jax.random.uniform(key, shape, minval=, maxval=)`. */
export function uniform(key: Key, shape: readonly number[] = [], range: UniformRange = {}): Float32Array {
  const min = fround(range.min ?? 0);
  const span = fround(fround(range.max ?? 1) - min);
  const out = new Float32Array(sizeOf(shape));
  for (let start = 0; start < out.length; start += CHUNK) {
    const count = Math.min(CHUNK, out.length - start);
    const words = randomWords(key, start, count);
    for (let i = 0; i < count; i++) {
      // 23 bits are the mantissa of a number in [1, 2), less 1. XLA fuses the multiply and the add: one rounding.
      const value = (words[i]! >>> 9) * 2 ** -23 * span + min;
      out[start + i] = value > min ? value : min;
    }
  }
  return out;
}
