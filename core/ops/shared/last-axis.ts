/** @file TensorFlow.js has some ops for the last axis only. */
import { tf } from '../../tensor/tf.ts';

/** Applies `f` as if `axis` were the last one, and puts the axis back. `axis` counts from 0. */
export function alongLastAxis(x: tf.Tensor, axis: number, f: (last: tf.Tensor) => tf.Tensor): tf.Tensor {
  if (axis === x.rank - 1) return f(x);
  const order = x.shape.map((_, i) => i);
  order.splice(axis, 1, x.rank - 1);
  order[x.rank - 1] = axis; // a swap of two axes undoes itself
  return tf.tidy(() => tf.transpose(f(tf.transpose(x, order)), order));
}
