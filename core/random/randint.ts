/** @file Whole numbers between bounds. Port of jax.random.randint, int32, equal to JAX bit for bit. */
import { randomBits } from './bits.ts';
import { type Key, split } from './key.ts';

/**
 * Whole numbers in [min, max): `jax.random.randint(key, shape, min, max)`. Where `max <= min` every number is `min`, as in JAX.
 * @throws RangeError if a bound is not an int32.
 */
export function randint(key: Key, shape: readonly number[], min: number, max: number): Int32Array {
  for (const bound of [min, max])
    if ((bound | 0) !== bound) throw new RangeError(`randint takes whole numbers in [-2^31, 2^31) as bounds, got ${bound}.`);
  const span = Math.max(max - min, 1);
  const [highKey, lowKey] = split(key, 2) as [Key, Key];
  const high = randomBits(highKey, shape);
  const low = randomBits(lowKey, shape);
  const half = 2 ** 16 % span;
  const multiplier = (Math.imul(half, half) >>> 0) % span;
  const out = new Int32Array(high.length);
  for (let i = 0; i < out.length; i++) {
    // Both the product and the sum wrap at 32 bits, as they do in JAX.
    const product = Math.imul(high[i]! % span, multiplier) >>> 0;
    out[i] = min + (((product + (low[i]! % span)) >>> 0) % span);
  }
  return out;
}
