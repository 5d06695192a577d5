/** @file How far the values of one run are from those of another, number by number, found where they lie. */
import { readMany } from '../tensor/read-many.ts';
import { tf } from '../tensor/tf.ts';
import type { ValueKey } from './ids.ts';
import type { Difference } from './records.ts';
import type { RunValues } from './values.ts';

/** Of the places, by key, where both runs have numbers of the same shape; the others are left out. No tensor is left behind. */
export async function differencesBetween(run: RunValues, from: RunValues, keys: Iterable<ValueKey> = run.keys()): Promise<Difference[]> {
  const known: ValueKey[] = [];
  const measured: tf.Tensor[] = [];
  try {
    for (const key of keys) {
      const [a, b] = [run.find(key), from.find(key)];
      if (!a || !b || a.shape.join() !== b.shape.join()) continue;
      known.push(key);
      measured.push(tf.keep(tf.tidy(() => measure(a, b))));
    }
    const read = await readMany(measured);
    return known.map((key, i) => {
      const [apart = NaN, size = NaN, largest = NaN] = read[i]!;
      return { key, relative: apart === 0 ? 0 : apart / size, largest };
    });
  } finally {
    tf.dispose(measured);
  }
}

/** (3,): ‖a − b‖, ‖b‖, max |a − b|. Norms are of numbers scaled by the largest, so that none is lost below float32 or above it. */
function measure(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (a.size === 0) return tf.zeros([3]);
  const to = tf.cast(b, 'float32');
  const away = tf.sub(tf.cast(a, 'float32'), to);
  return tf.stack([normOf(away), normOf(to), tf.max(tf.abs(away))]);
}

function normOf(x: tf.Tensor): tf.Tensor {
  const largest = tf.max(tf.abs(x));
  return tf.mul(largest, tf.sqrt(tf.sum(tf.square(tf.divNoNan(x, largest)))));
}
