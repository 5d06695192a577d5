/** @file Repeating along one axis at any rank. */
import { tf } from '../../tensor/tf.ts';

/** Each slice along the axis `times` times in a row: a, a, b, b. Intermediates belong to the surrounding tidy. */
export function repeatAxis(x: tf.Tensor, axis: number, times: number): tf.Tensor {
  const shape = x.shape.with(axis, x.shape[axis]! * times);
  if (shape.includes(0)) return tf.zeros(shape, x.dtype as 'float32');
  const outer = x.shape.slice(0, axis + 1).reduce((a, b) => a * b, 1);
  const inner = x.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  // Copies by broadcasting, whose gradient is one sum.
  const copies = tf.broadcastTo(tf.reshape(x, [outer, 1, inner]), [outer, times, inner]);
  return tf.reshape(copies, shape);
}
