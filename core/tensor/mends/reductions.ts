/** @file Gradients of reductions: of the largest and the smallest number, and of the product. */
import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

/** Equal extremes share the gradient evenly, as in JAX. TensorFlow.js gives each all of it. */
function extremeGradient(kernel: 'Max' | 'Min'): tf.GradConfig {
  // The two kernels call the same attribute differently.
  return defineGradient<{ reductionIndices?: number | number[]; axis?: number | number[] }>({
    kernel,
    inputs: ['x'],
    output: true,
    gradient: (dy, [x, y], { reductionIndices, axis }) => ({
      x: () => {
        const axes = tf.util.parseAxisParam((reductionIndices ?? axis)!, x!.shape);
        const shape = x!.shape.map((size, i) => (axes.includes(i) ? 1 : size));
        const chosen = tf.cast(tf.equal(x!, tf.reshape(y!, shape)), 'float32');
        return tf.mul(chosen, tf.div(tf.reshape(dy, shape), tf.sum(chosen, axes, true)));
      },
    }),
  });
}

export const maxGradient = extremeGradient('Max');
export const minGradient = extremeGradient('Min');

/** The product of all others, without dividing, so that it is right at zeros. TensorFlow.js needs chained ops here, and throws. */
export const prodGradient = defineGradient<{ axis: number | number[] }>({
  kernel: 'Prod',
  inputs: ['x'],
  gradient: (dy, [x], { axis }) => ({
    x: () => {
      const axes = tf.util.parseAxisParam(axis, x!.shape);
      const order = [...x!.shape.keys()].filter((i) => !axes.includes(i)).concat(axes);
      const moved = tf.transpose(x!, order);
      const size = axes.reduce((n, i) => n * x!.shape[i]!, 1);
      const rows = tf.reshape(moved, [x!.size / size, size]);
      const others = tf.mul(tf.cumprod(rows, 1, true), tf.cumprod(rows, 1, true, true));
      const gradient = tf.mul(others, tf.reshape(dy, [x!.size / size, 1]));
      return tf.transpose(
        tf.reshape(gradient, moved.shape),
        order.map((_, i) => order.indexOf(i)),
      );
    },
  }),
});
