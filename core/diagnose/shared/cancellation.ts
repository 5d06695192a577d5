/** @file How wrong E[x²] − E[x]² is in float32. */
import { readMany } from '../../tensor/read-many.ts';
import { tf } from '../../tensor/tf.ts';
import type { SeenNorm } from './norms.ts';

/** What float32 keeps of a number: half a unit in the last place is lost with each rounding, a unit with the two of them. */
const UNIT = 2 ** -23;

export interface Cancellation {
  /** Of the variance with its epsilon, the share that may be rounding. */
  readonly error: number;
  readonly mean: number;
  readonly std: number;
}

/** The worst of all means that it takes; null where its input is not there any more. */
export async function cancellationOf({ input, axes, groups, epsilon }: SeenNorm): Promise<Cancellation | null> {
  const { tensor } = input;
  if (!tensor) return null;
  const [means, variances] = tf.tidy(() => {
    const x = tf.cast(tensor, 'float32');
    const shape = groups > 1 ? [...x.shape.slice(0, -1), groups, x.shape.at(-1)! / groups] : x.shape;
    // The axis of the groups stands before that of their members.
    const over = groups > 1 ? [...axes.filter((axis) => axis < x.rank - 1), x.rank] : [...axes];
    const { mean, variance } = tf.moments(tf.reshape(x, shape), over);
    return [mean, variance] as [tf.Tensor, tf.Tensor];
  });
  try {
    const [all = [], spread = []] = (await readMany([means, variances])).map((each) => [...each]);
    const each = all.map((mean, i) => ({
      error: (UNIT * mean * mean) / (spread[i]! + epsilon),
      mean,
      std: Math.sqrt(Math.max(0, spread[i]!)),
    }));
    return each.reduce<Cancellation | null>((worst, next) => (worst === null || next.error > worst.error ? next : worst), null);
  } finally {
    tf.dispose([means, variances]);
  }
}
