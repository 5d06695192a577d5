/** @file Initial values whose variance follows from the fans of a parameter. Port of jax.nn.initializers.variance_scaling and its kin. */
import { axisOf } from './axis-of.ts';
import { sizeOf } from './bits.ts';
import type { Initializer } from './initializer.ts';
import { normal as standardNormal } from './normal.ts';
import { scale as scaled } from './scale.ts';
import { truncatedNormal as standardTruncatedNormal } from './truncated-normal.ts';
import { uniform as uniformNumbers } from './uniform.ts';

const { fround } = Math;

/** Which axes of a parameter are its inputs, its outputs, and neither. All others are the receptive field of a convolution. */
export interface FanAxes {
  /** -2 unless given. */
  readonly inAxis?: number | readonly number[];
  /** -1 unless given. */
  readonly outAxis?: number | readonly number[];
  /** None unless given. */
  readonly batchAxis?: number | readonly number[];
}

/** Divide the variance by the number of inputs, of outputs, or by their arithmetic or geometric mean. */
export type FanMode = 'fan_in' | 'fan_out' | 'fan_avg' | 'fan_geo_avg';

/** The shape of the distribution; `truncated_normal` cuts at 2 standard deviations and restores the variance. */
export type FanDistribution = 'truncated_normal' | 'normal' | 'uniform';

const TRUNCATED_STDDEV = fround(0.879625661); // of the standard normal cut at ±2

const FAN_OF: Readonly<Record<FanMode, (fanIn: number, fanOut: number) => number>> = {
  fan_in: (fanIn) => fanIn,
  fan_out: (_fanIn, fanOut) => fanOut,
  fan_avg: (fanIn, fanOut) => (fanIn + fanOut) / 2,
  fan_geo_avg: (fanIn, fanOut) => Math.sqrt(fanIn * fanOut),
};
const DISTRIBUTIONS: readonly FanDistribution[] = ['truncated_normal', 'normal', 'uniform'];

/**
 * Values with mean 0 and variance `scale / fan`: `initializers.variance_scaling(scale, mode, distribution, in_axis, out_axis, batch_axis)`.
 * A shape with a size of 0 gives no values, where JAX fails.
 * @throws RangeError for an unknown mode or distribution; when used, for an axis that the shape lacks, or a shape of fewer than two
 * axes without an `inAxis`.
 */
export function varianceScaling(scale: number, mode: FanMode, distribution: FanDistribution, axes: FanAxes = {}): Initializer {
  if (!Object.hasOwn(FAN_OF, mode))
    throw new RangeError(`invalid mode for variance scaling initializer: ${mode}. Take one of: ${Object.keys(FAN_OF).join(', ')}.`);
  if (!DISTRIBUTIONS.includes(distribution))
    throw new RangeError(
      `invalid distribution for variance scaling initializer: ${distribution}. Take one of: ${DISTRIBUTIONS.join(', ')}.`,
    );
  return (key, shape) => {
    const { fanIn, fanOut } = computeFans(shape, axes);
    const variance = fround(scale / FAN_OF[mode](fanIn, fanOut));
    switch (distribution) {
      case 'truncated_normal':
        return scaled(standardTruncatedNormal(key, -2, 2, shape), fround(fround(Math.sqrt(variance)) / TRUNCATED_STDDEV));
      case 'normal':
        return scaled(standardNormal(key, shape), fround(Math.sqrt(variance)));
      case 'uniform':
        return scaled(uniformNumbers(key, shape, { min: -1, max: 1 }), fround(Math.sqrt(fround(3 * variance))));
    }
  };
}

/** Truncated normal of variance 1 / fan-in (LeCun et al. 1998), the default for kernels: `initializers.lecun_normal`. */
export function lecunNormal(axes?: FanAxes): Initializer {
  return varianceScaling(1, 'fan_in', 'truncated_normal', axes);
}

/** Uniform of variance 1 / fan-in: `initializers.lecun_uniform`. */
export function lecunUniform(axes?: FanAxes): Initializer {
  return varianceScaling(1, 'fan_in', 'uniform', axes);
}

/** Truncated normal of variance 2 / (fan-in + fan-out) (Glorot and Bengio 2010): `initializers.glorot_normal`. */
export function glorotNormal(axes?: FanAxes): Initializer {
  return varianceScaling(1, 'fan_avg', 'truncated_normal', axes);
}

/** Uniform of variance 2 / (fan-in + fan-out): `initializers.glorot_uniform`. */
export function glorotUniform(axes?: FanAxes): Initializer {
  return varianceScaling(1, 'fan_avg', 'uniform', axes);
}

/** Truncated normal of variance 2 / fan-in (He et al. 2015): `initializers.he_normal`. */
export function heNormal(axes?: FanAxes): Initializer {
  return varianceScaling(2, 'fan_in', 'truncated_normal', axes);
}

/** Uniform of variance 2 / fan-in: `initializers.he_uniform`. */
export function heUniform(axes?: FanAxes): Initializer {
  return varianceScaling(2, 'fan_in', 'uniform', axes);
}

/** Another name of `glorotNormal`, as in JAX. */
export const xavierNormal = glorotNormal;
/** Another name of `glorotUniform`, as in JAX. */
export const xavierUniform = glorotUniform;
/** Another name of `heNormal`, as in JAX. */
export const kaimingNormal = heNormal;
/** Another name of `heUniform`, as in JAX. */
export const kaimingUniform = heUniform;

/**
 * The fans of a shape, as JAX counts them: each the size of its axes times the receptive field. They mean nothing where a size
 * is 0: JAX divides by it and fails, here there is nothing to fill.
 */
function computeFans(shape: readonly number[], { inAxis = -2, outAxis = -1, batchAxis = [] }: FanAxes): { fanIn: number; fanOut: number } {
  if (inAxis === -2 && shape.length < 2)
    throw new RangeError(
      `Fans need a shape of at least 2 axes, inputs and outputs, got [${shape.join(', ')}]. ` +
        'Take normal() or constant() for a vector, or say which axis is inAxis.',
    );
  const size = (axes: number | readonly number[]) =>
    [axes].flat().reduce<number>((product, axis) => product * shape[axisOf(axis, shape)]!, 1);
  const field = sizeOf(shape) / size(inAxis) / size(outAxis) / size(batchAxis);
  return { fanIn: size(inAxis) * field, fanOut: size(outAxis) * field };
}
