/** @file How the elements of a tensor are distributed, by a few of its quantiles. */
import { tf } from '../tensor/tf.ts';

/** The shares of the elements that lie below: extremes, the middle half, and nine tenths. */
export const QUANTILES = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1] as const;

/** Of more elements evenly spaced ones are taken. */
export const MOST_SAMPLED = 16_384;

/** Quantiles of the finite elements, and how many of those looked at are not finite. */
export interface Spread {
  /** In the order of QUANTILES; null where no element is finite. */
  readonly quantiles: readonly number[] | null;
  readonly notFinite: number;
}

/** At most MOST_SAMPLED elements, flat and as float32. The surrounding tidy frees it. */
export function sampled(tensor: tf.Tensor): tf.Tensor {
  const flat = tf.reshape(tf.cast(tensor, 'float32'), [tensor.size]);
  const stride = Math.ceil(tensor.size / MOST_SAMPLED);
  return stride <= 1 ? flat : tf.stridedSlice(flat, [0], [tensor.size], [stride]);
}

/** Linear between neighbours, as numpy.quantile. */
export function quantilesOf(numbers: ArrayLike<number>): Spread {
  const sorted = Float32Array.from(numbers).filter(Number.isFinite).sort();
  const notFinite = numbers.length - sorted.length;
  if (sorted.length === 0) return { quantiles: null, notFinite };
  const quantiles = QUANTILES.map((share) => {
    const at = share * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
    return low + (high - low) * (at - Math.floor(at));
  });
  return { quantiles, notFinite };
}
