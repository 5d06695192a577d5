/** @file Whole numbers between bounds. Port of jax.random.randint, int32, equal to JAX bit for bit. */
import { randomBits } from './bits.ts';
import { type Key, split } from './key.ts';

const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;

/**
 * Whole numbers in [min, max), for int32 bounds: `jax.random.randint(key, shape, min, max)`.
 * Where `max <= min` every number is `min`, as in JAX.
 */
export function randint(key: Key, shape: readonly number[], min: number, max: number): Int32Array {
  for (const bound of [min, max])
    if (!Number.isInteger(bound)) throw new RangeError(`randint takes whole numbers as bounds, got ${bound}.`);
  const lower = Math.min(Math.max(min, INT32_MIN), INT32_MAX);
  const upper = Math.min(Math.max(max, INT32_MIN), INT32_MAX);
  // One more where max lies beyond the type, so that its largest number can occur; 2^32 then means "no remainder".
  const span = upper <= lower ? 1 : upper - lower + (max > INT32_MAX ? 1 : 0);
  const [highKey, lowKey] = split(key, 2) as [Key, Key];
  const high = randomBits(highKey, shape);
  const low = randomBits(lowKey, shape);
  const half = 2 ** 16 % span;
  const multiplier = (Math.imul(half, half) >>> 0) % span;
  const out = new Int32Array(high.length);
  for (let i = 0; i < out.length; i++) {
    // Both the product and the sum wrap at 32 bits, as they do in JAX.
    const product = Math.imul(high[i]! % span, multiplier) >>> 0;
    out[i] = lower + (((product + (low[i]! % span)) >>> 0) % span);
  }
  return out;
}
