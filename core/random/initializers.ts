/**
 * @file Initial values of parameters. Ports of jax.nn.initializers, float32, which flax.nnx.initializers names too. Each is a function
 * of a key and a shape; the same key gives the same numbers, and what JAX gives. By name: `toInitializer` of `spec/`.
 */
import { sizeOf } from './bits.ts';
import type { Initializer } from './initializer.ts';
import type { Key } from './key.ts';
import { normal as standardNormal } from './normal.ts';
import { scale as scaleBy } from './scale.ts';
import { truncatedNormal as standardTruncatedNormal } from './truncated-normal.ts';
import { uniform as uniformNumbers } from './uniform.ts';

export type { Initializer } from './initializer.ts';
export { deltaOrthogonal, orthogonal } from './orthogonal.ts';
export type { FanAxes, FanDistribution, FanMode } from './variance-scaling.ts';
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  kaimingNormal,
  kaimingUniform,
  lecunNormal,
  lecunUniform,
  varianceScaling,
  xavierNormal,
  xavierUniform,
} from './variance-scaling.ts';

/** Zeros: `initializers.zeros`, and what `zeros_init()` returns. Draws nothing from the key. */
export function zeros(_key: Key, shape: readonly number[]): Float32Array {
  return new Float32Array(sizeOf(shape));
}

/** Ones: `initializers.ones`, and what `ones_init()` returns. Draws nothing from the key. */
export function ones(_key: Key, shape: readonly number[]): Float32Array {
  return new Float32Array(sizeOf(shape)).fill(1);
}

/** One value everywhere: `initializers.constant(value)`. */
export function constant(value: number): Initializer {
  return (_key, shape) => new Float32Array(sizeOf(shape)).fill(value);
}

/** Uniform in [0, scale): `initializers.uniform(scale)`. */
export function uniform(scale = 0.01): Initializer {
  return (key, shape) => scaleBy(uniformNumbers(key, shape), scale);
}

/** Normal with mean 0: `initializers.normal(stddev)`. */
export function normal(stddev = 0.01): Initializer {
  return (key, shape) => scaleBy(standardNormal(key, shape), stddev);
}

/** Normal, kept between two bounds given in standard deviations: `initializers.truncated_normal(stddev, lower, upper)`. */
export function truncatedNormal(stddev = 0.01, lower = -2, upper = 2): Initializer {
  return (key, shape) => scaleBy(standardTruncatedNormal(key, lower, upper, shape), stddev);
}
