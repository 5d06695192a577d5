/** @file Undoing a broadcast. */
import * as tf from '@tensorflow/tfjs-core';

/** Sums `x` over the axes along which `shape` was broadcast to the shape of `x`: the gradient of broadcasting. */
export function sumTo(x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  if (tf.util.arraysEqual(x.shape, [...shape])) return x;
  const axes = tf.broadcast_util.getReductionAxes([...shape], x.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(x, axes) : x, [...shape]);
}
