/** @file The gradient of a cumulative product, which TensorFlow.js lacks. */
import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

/**
 * d y_j / d x_i is the product of all x up to j but x_i. Dividing by x_i would fail at 0, so each is the product of what comes
 * before i, times the product of what comes after it up to j, for which the axis is squared: n² numbers for an axis of n.
 */
export const cumprodGradient = defineGradient<{ axis: number; exclusive: boolean; reverse: boolean }>({
  kernel: 'Cumprod',
  inputs: ['x'],
  gradient: (dy, [x], { axis: anyAxis, exclusive, reverse }) => ({
    x: () => {
      const axis = anyAxis < 0 ? anyAxis + x!.rank : anyAxis;
      const n = x!.shape[axis]!;
      const before = product(x!.shape.slice(0, axis));
      const after = product(x!.shape.slice(axis + 1));
      // The axis goes last, and runs forward.
      const toRows = (t: tf.Tensor) => {
        const rows = tf.reshape(tf.transpose(tf.reshape(t, [before, n, after]), [0, 2, 1]), [before * after, n]);
        return reverse ? tf.reverse(rows, 1) : rows;
      };
      const numbers = toRows(x!);
      let weights = toRows(dy);
      // An exclusive product at j is the inclusive one at j - 1.
      if (exclusive) {
        weights = tf.pad(tf.slice(weights, [0, 1], [before * after, n - 1]), [
          [0, 0],
          [0, 1],
        ]);
      }
      const upTo = tf.linalg.bandPart(tf.ones([n, n]), 0, -1); // 1 where j >= i
      const beyond = tf.sub(upTo, tf.eye(n)); // 1 where j > i
      const factors = tf.add(tf.mul(tf.expandDims(numbers, 1), beyond), tf.sub(1, beyond));
      const products = tf.mul(tf.cumprod(factors, 2), upTo);
      const rest = tf.sum(tf.mul(products, tf.expandDims(weights, 1)), 2);
      const gradient = tf.mul(rest, tf.cumprod(numbers, 1, true));
      const forward = reverse ? tf.reverse(gradient, 1) : gradient;
      return tf.reshape(tf.transpose(tf.reshape(forward, [before, after, n]), [0, 2, 1]), x!.shape);
    },
  }),
});

function product(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a * b, 1);
}
