/** @file Coin flips. Port of jax.random.bernoulli, equal to JAX bit for bit. */
import { sizeOf } from './bits.ts';
import { CHUNK, randomWords } from './chunk.ts';
import type { Key } from './key.ts';

const { fround } = Math;

/** 1 with probability `p` (half unless given), else 0, in row-major order of `shape` (one number unless given): `jax.random.bernoulli(key, p, shape)`. */
export function bernoulli(key: Key, p = 0.5, shape: readonly number[] = []): Uint8Array {
  const out = new Uint8Array(sizeOf(shape));
  const threshold = fround(p);
  for (let start = 0; start < out.length; start += CHUNK) {
    const count = Math.min(CHUNK, out.length - start);
    const words = randomWords(key, start, count);
    for (let i = 0; i < count; i++) out[start + i] = (words[i]! >>> 9) * 2 ** -23 < threshold ? 1 : 0;
  }
  return out;
}
