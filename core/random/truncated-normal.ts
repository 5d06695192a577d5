/** @file Normal numbers between bounds. Port of jax.random.truncated_normal, float32. */
import { erf, erfInv } from './erf.ts';
import type { Key } from './key.ts';
import { uniform } from './uniform.ts';

const { fround } = Math;
const SQRT2 = fround(Math.SQRT2);

/**
 * Normal numbers kept between two bounds, which may be infinite: `jax.random.truncated_normal(key, lower, upper, shape)`.
 * Bounds are in standard deviations. Equal to JAX on a CPU within 3 units in the last place.
 */
export function truncatedNormal(key: Key, lower: number, upper: number, shape: readonly number[]): Float32Array {
  const min = fround(lower);
  const max = fround(upper);
  const out = uniform(key, shape, { min: erf(fround(min / SQRT2)), max: erf(fround(max / SQRT2)) });
  const least = nextUp(min);
  const most = -nextUp(-max);
  for (let i = 0; i < out.length; i++) out[i] = Math.min(Math.max(SQRT2 * erfInv(out[i]!), least), most);
  return out;
}

/** The float32 after `x` towards Infinity. */
function nextUp(x: number): number {
  if (x === Infinity || Number.isNaN(x)) return x;
  if (x === 0) return 2 ** -149;
  const number = Float32Array.of(x);
  const bits = new Int32Array(number.buffer);
  bits[0]! += x > 0 ? 1 : -1;
  return number[0]!;
}
