/** @file Initial values of parameters. Ports of jax.nn.initializers, float32, which flax.nnx.initializers names too. */
import { sizeOf } from './bits.ts';
import type { Initializer } from './initializer.ts';
import type { Key } from './key.ts';
import { normal as standardNormal } from './normal.ts';
import { deltaOrthogonal, orthogonal } from './orthogonal.ts';
import { scale as scaleBy } from './scale.ts';
import { truncatedNormal as standardTruncatedNormal } from './truncated-normal.ts';
import { uniform as uniformNumbers } from './uniform.ts';
import {
  type FanAxes,
  type FanDistribution,
  type FanMode,
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

export type { Initializer } from './initializer.ts';
export type { FanAxes, FanDistribution, FanMode } from './variance-scaling.ts';
export {
  deltaOrthogonal,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  kaimingNormal,
  kaimingUniform,
  lecunNormal,
  lecunUniform,
  orthogonal,
  varianceScaling,
  xavierNormal,
  xavierUniform,
};

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

/** The arguments of an initialiser by name. */
type Arguments = Readonly<Record<string, unknown>>;

const makers: Readonly<Record<string, (given: Arguments) => Initializer>> = {
  zeros: () => zeros,
  ones: () => ones,
  constant: (given) => constant(number(given, 'constant', 'value')),
  uniform: (given) => uniform(number(given, 'uniform', 'scale', 0.01)),
  normal: (given) => normal(number(given, 'normal', 'stddev', 0.01)),
  truncatedNormal: (given) =>
    truncatedNormal(
      number(given, 'truncatedNormal', 'stddev', 0.01),
      number(given, 'truncatedNormal', 'lower', -2),
      number(given, 'truncatedNormal', 'upper', 2),
    ),
  varianceScaling: (given) =>
    varianceScaling(
      number(given, 'varianceScaling', 'scale'),
      given['mode'] as FanMode,
      given['distribution'] as FanDistribution,
      given as FanAxes,
    ),
  lecunNormal: (given) => lecunNormal(given as FanAxes),
  lecunUniform: (given) => lecunUniform(given as FanAxes),
  glorotNormal: (given) => glorotNormal(given as FanAxes),
  glorotUniform: (given) => glorotUniform(given as FanAxes),
  xavierNormal: (given) => xavierNormal(given as FanAxes),
  xavierUniform: (given) => xavierUniform(given as FanAxes),
  heNormal: (given) => heNormal(given as FanAxes),
  heUniform: (given) => heUniform(given as FanAxes),
  kaimingNormal: (given) => kaimingNormal(given as FanAxes),
  kaimingUniform: (given) => kaimingUniform(given as FanAxes),
  orthogonal: (given) => orthogonal(number(given, 'orthogonal', 'scale', 1), number(given, 'orthogonal', 'columnAxis', -1)),
  deltaOrthogonal: (given) =>
    deltaOrthogonal(number(given, 'deltaOrthogonal', 'scale', 1), number(given, 'deltaOrthogonal', 'columnAxis', -1)),
};

/** The names that `toInitializer` knows, in the order of this file's table. */
export const initializerNames: readonly string[] = Object.keys(makers);

/**
 * The initialiser that a value names: a name such as `'lecunNormal'`, a name with arguments such as `{name: 'constant', value: 0.5}`,
 * or an initialiser itself.
 * @throws RangeError if the name is unknown, TypeError if an argument is missing.
 */
export function toInitializer(value: string | ({ readonly name: string } & Arguments) | Initializer): Initializer {
  if (typeof value === 'function') return value;
  const { name, ...given } = typeof value === 'string' ? { name: value } : value;
  const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
  if (!make) throw new RangeError(`No initializer is named "${name}". There are: ${initializerNames.join(', ')}.`);
  return make(given);
}

function number(given: Arguments, initializer: string, name: string, otherwise?: number): number {
  const value = given[name] ?? otherwise;
  if (typeof value !== 'number') throw new TypeError(`${initializer} needs the argument "${name}", a number; got ${String(value)}.`);
  return value;
}
