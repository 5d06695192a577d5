/**
 * @file Gradients at kinks, where TensorFlow.js and JAX choose differently. JAX: |x| has 1 at 0; leaky ReLU 1 at 0; the larger
 * of two equal numbers, and clipping at a bound, share the gradient by halves. A closed gate lets nothing through, not even NaN or
 * Infinity, which TensorFlow.js multiplies by 0.
 */
import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { gate } from './gate.ts';
import { sumTo } from './sum-to.ts';

export const absGradient = defineGradient({
  kernel: 'Abs',
  inputs: ['x'],
  gradient: (dy, [x]) => ({ x: () => tf.where(tf.greaterEqual(x!, 0), dy, tf.neg(dy)) }),
});

export const reluGradient = defineGradient({
  kernel: 'Relu',
  output: true,
  gradient: (dy, [y]) => ({ x: () => gate(dy, y!) }),
});

/** 0 at 6 as at 0, where TensorFlow.js has 1. */
export const relu6Gradient = defineGradient({
  kernel: 'Relu6',
  output: true,
  gradient: (dy, [y]) => ({ x: () => gate(dy, tf.mul(y!, tf.sub(6, y!))) }),
});

export const leakyReluGradient = defineGradient<{ alpha: number }>({
  kernel: 'LeakyRelu',
  inputs: ['x'],
  gradient: (dy, [x], { alpha }) => ({ x: () => tf.where(tf.greaterEqual(x!, 0), dy, tf.mul(dy, alpha)) }),
});

/** 1 where `winner` is above `loser`, ½ where they are equal, and 0 elsewhere, NaN included. */
function share(winner: tf.Tensor, loser: tf.Tensor | number): tf.Tensor {
  const above = tf.cast(tf.greater(winner, loser), 'float32');
  const atLeast = tf.cast(tf.greaterEqual(winner, loser), 'float32');
  return tf.mul(tf.add(above, atLeast), 0.5);
}

export const maximumGradient = defineGradient({
  kernel: 'Maximum',
  inputs: ['a', 'b'],
  gradient: (dy, [a, b]) => ({
    a: () => sumTo(tf.mul(dy, share(a!, b!)), a!.shape),
    b: () => sumTo(tf.mul(dy, share(b!, a!)), b!.shape),
  }),
});

export const minimumGradient = defineGradient({
  kernel: 'Minimum',
  inputs: ['a', 'b'],
  gradient: (dy, [a, b]) => ({
    a: () => sumTo(tf.mul(dy, share(b!, a!)), a!.shape),
    b: () => sumTo(tf.mul(dy, share(a!, b!)), b!.shape),
  }),
});

export const clipGradient = defineGradient<{ clipValueMin: number; clipValueMax: number }>({
  kernel: 'ClipByValue',
  inputs: ['x'],
  gradient: (dy, [x], { clipValueMin, clipValueMax }) => ({
    x: () => tf.mul(dy, tf.mul(share(x!, clipValueMin), share(tf.neg(x!), -clipValueMax))),
  }),
});
