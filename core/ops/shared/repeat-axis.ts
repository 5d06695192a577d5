/** @file Repeating along one axis at any rank: TensorFlow.js differentiates its own tile up to rank 4 only, and slowly. */
import { tf } from '../../tensor/tf.ts';

/**
 * An axis `times` as long: `each` gives a, a, b, b and `whole` gives a, b, a, b. The copies are made by broadcasting, whose gradient
 * is one sum. Intermediates belong to the surrounding tidy.
 */
export function repeatAxis(x: tf.Tensor, axis: number, times: number, order: 'each' | 'whole'): tf.Tensor {
  if (times === 1) return x;
  const outer = x.shape.slice(0, order === 'each' ? axis + 1 : axis).reduce((a, b) => a * b, 1);
  const inner = x.shape.slice(order === 'each' ? axis + 1 : axis).reduce((a, b) => a * b, 1);
  const copies = tf.broadcastTo(tf.reshape(x, [outer, 1, inner]), [outer, times, inner]);
  return tf.reshape(copies, x.shape.with(axis, x.shape[axis]! * times));
}
