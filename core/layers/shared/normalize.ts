/** @file What the normalisation layers compute. Port of _compute_stats and _normalize of flax/nnx/nn/normalization.py at 18f8f31. */
import { ValueError } from '../../nnx/errors.ts';
import { formatShape, normalizeAxis } from '../../spec/shape.ts';
import { tf } from '../../tensor/tf.ts';
import { rejectFor } from './options.ts';

export interface Statistics {
  /** Length 1 on the reduced axes. Absent where the mean is taken as 0. */
  readonly mean?: tf.Tensor;
  /** Biased: divided by the number of entries. */
  readonly variance: tf.Tensor;
}

export interface StatisticsOptions {
  /** False: the mean is taken as 0 and the variance is E[x²]. */
  readonly useMean?: boolean;
  /** E[x²] − E[x]² instead of E[(x − mean)²]. */
  readonly useFastVariance?: boolean;
  /** Broadcastable to x; false leaves an entry out. */
  readonly mask?: tf.Tensor | null | undefined;
}

/** Axes counted from the front, without repetition. @throws ValueError for an axis that there is not. */
export function countAxes(axes: number | readonly number[], rank: number): number[] {
  const wrong = [axes].flat().find((axis) => normalizeAxis(axis, rank) === undefined);
  if (wrong !== undefined) {
    const advice = rank === 0 ? 'A scalar has none.' : `Name axes from ${-rank} to ${rank - 1}.`;
    throw new ValueError(`axis ${wrong} is out of bounds for a tensor of ${rank} axes. ${advice}`);
  }
  return [...new Set([axes].flat().map((axis) => (axis < 0 ? axis + rank : axis)))];
}

/** Mean and variance of x over `axes`. The reduced axes stay, with length 1. */
export function computeStatistics(x: tf.Tensor, axes: readonly number[], options: StatisticsOptions = {}): Statistics {
  const { useMean = true, useFastVariance = true, mask } = options;
  const mean = meanOver(axes, x.shape, mask);
  if (!useMean) return { variance: mean(tf.square(x)) };
  const average = mean(x);
  if (!useFastVariance) return { mean: average, variance: mean(tf.square(tf.sub(x, average))) };
  // E[x²] − E[x]² may come out a little below 0. At 0 relu lets no gradient pass, which is right: of a constant it is 0. JAX halves two
  // terms there that ought to cancel, and what it gives is their rounding.
  return { mean: average, variance: tf.relu(tf.sub(mean(tf.square(x)), tf.square(average))) };
}

function meanOver(axes: readonly number[], shape: readonly number[], mask: tf.Tensor | null | undefined): (x: tf.Tensor) => tf.Tensor {
  if (!mask) {
    // tf.mean divides every entry before it adds them up, which takes longer and rounds more often.
    const size = axes.reduce((product, axis) => product * shape[axis]!, 1);
    return (x) => tf.div(tf.sum(x, [...axes], true), size);
  }
  const kept = tf.broadcastTo(checkedMask(mask, shape), [...shape]);
  const count = tf.sum(tf.cast(kept, 'float32'), [...axes], true);
  const zero = tf.scalar(0);
  return (x) => tf.div(tf.sum(tf.where(kept, x, zero), [...axes], true), count);
}

/** @throws ValueError if the mask is not of truth values, or does not broadcast to the input. */
function checkedMask(mask: tf.Tensor, shape: readonly number[]): tf.Tensor {
  if (mask.dtype !== 'bool') {
    throw new ValueError(`mask must be of truth values, but is ${mask.dtype}. Convert it with tf.cast(mask, 'bool').`);
  }
  const missing = shape.length - mask.rank;
  if (missing >= 0 && mask.shape.every((length, i) => length === 1 || length === shape[missing + i])) return mask;
  throw new ValueError(`mask must broadcast to the input, ${formatShape(shape)}, but has the shape ${formatShape(mask.shape)}.`);
}

/** (x − mean) / √(variance + epsilon) · scale + bias; scale and bias are shaped to broadcast against x. */
export function normalize(
  x: tf.Tensor,
  { mean, variance }: Statistics,
  epsilon: number,
  scale: tf.Tensor | null,
  bias: tf.Tensor | null,
): tf.Tensor {
  let factor = tf.rsqrt(tf.add(variance, epsilon));
  if (scale) factor = tf.mul(factor, scale);
  const y = tf.mul(mean ? tf.sub(x, mean) : x, factor);
  return bias ? tf.add(y, bias) : y;
}

/**
 * A parameter over the feature axes, shaped to broadcast against an input of this shape. The last axis broadcasts as it is.
 * @throws RejectionError if the axes do not hold as many features as the parameter has.
 */
export function alongFeatures(type: string, parameter: tf.Tensor, featureAxes: readonly number[], shape: readonly number[]): tf.Tensor {
  const features = featureAxes.reduce((product, axis) => product * shape[axis]!, 1);
  if (features !== parameter.size) {
    rejectFor(type, {
      code: 'shape/axis',
      param: 'numFeatures',
      expected: `an input with ${parameter.size} features on ${featureAxes.length === 1 ? 'axis' : 'axes'} ${featureAxes.join(', ')}`,
      got: formatShape(shape),
      fix: `Make the layer with numFeatures ${features}, or give it an input that fits.`,
    });
  }
  if (featureAxes.length === 1 && featureAxes[0] === shape.length - 1) return parameter;
  return tf.reshape(
    parameter,
    shape.map((size, axis) => (featureAxes.includes(axis) ? size : 1)),
  );
}
