/** @file Rows of a table by integer ids, with JAX's rules for ids out of range. Port of jnp.take(table, ids, axis=0). */
import { customGradient } from '../../tensor/custom-gradient.ts';
import { tf } from '../../tensor/tf.ts';

/**
 * `(n, features)` and int32 ids `(…)` to `(…, features)`. Negative ids count from the end; those that do not exist give NaN and
 * get no gradient. Written out because TensorFlow.js gathers unchecked on WebGL, refuses on the CPU, and sums the gradient over
 * the whole table once per row there.
 */
export function takeRows(table: tf.Tensor, ids: tf.Tensor): tf.Tensor {
  const [n, features] = table.shape as [number, number];
  return customGradient(
    [table],
    (save) => {
      const flat = tf.reshape(ids, [ids.size]);
      const wanted = tf.where(tf.less(flat, tf.scalar(0, 'int32')), tf.add(flat, tf.scalar(n, 'int32')), flat);
      const present = tf.clipByValue(wanted, 0, n - 1);
      const isMissing = tf.notEqual(wanted, present);
      // WebGL chooses in float32; ids below 2^24 come back unharmed. Gradients of missing ids go to a row behind the table, which is cut off.
      save([tf.cast(tf.where(isMissing, tf.scalar(n, 'int32'), present), 'int32')]);
      const penalty = tf.where(isMissing, tf.scalar(Number.NaN), tf.scalar(0));
      const rows = tf.add(tf.gather(table, tf.cast(present, 'int32') as tf.Tensor1D), tf.reshape(penalty, [ids.size, 1]));
      return tf.reshape(rows, [...ids.shape, features]);
    },
    (dy, [targets]) => [
      () => {
        const all = tf.scatterND(tf.reshape(targets!, [ids.size, 1]), tf.reshape(dy, [ids.size, features]), [n + 1, features]);
        return tf.slice(all, [0, 0], [n, features]);
      },
    ],
  );
}
