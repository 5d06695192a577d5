/** @file Normal numbers between bounds. Port of jax.random.truncated_normal, float32. */
import { erf, erfInv } from './erf.ts';
import type { Key } from './key.ts';
import { uniform } from './uniform.ts';

const { fround } = Math;
const SQRT2 = fround(Math.SQRT2);
/** XLA divides by a constant by multiplying: a bound that is one unit off shows in every number near 0. */
const ONE_BY_SQRT2 = fround(1 / SQRT2);

/**
 * Normal numbers kept strictly between two bounds, which may be infinite, in row-major order of `shape` (one number unless given):
 * `jax.random.truncated_normal(key, lower, upper, shape)`. Bounds are in standard deviations. Equal to JAX on a CPU within 3 units
 * in the last place. A NaN bound gives NaN, as in JAX.
 */
export function truncatedNormal(key: Key, lower: number, upper: number, shape: readonly number[] = []): Float32Array {
  const min = fround(lower);
  const max = fround(upper);
  const out = uniform(key, shape, { min: erf(fround(min * ONE_BY_SQRT2)), max: erf(fround(max * ONE_BY_SQRT2)) });
  const least = nextUp(min);
  const most = -nextUp(-max);
  for (let i = 0; i < out.length; i++) out[i] = Math.min(Math.max(SQRT2 * erfInv(out[i]!), least), most);
  return out;
}

/** The float32 after `x` towards Infinity; of 0 itself 0, because XLA makes numbers below 2^-126 zero. */
function nextUp(x: number): number {
  if (x === Infinity || x === 0 || Number.isNaN(x)) return x;
  const number = Float32Array.of(x);
  const bits = new Int32Array(number.buffer);
  bits[0]! += x > 0 ? 1 : -1;
  return number[0]!;
}
