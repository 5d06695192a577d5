/** @file The gradient of a squared difference of broadcast tensors. TensorFlow.js fails with a wrong shape. */
import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { sumTo } from './sum-to.ts';

export const squaredDifferenceGradient = defineGradient({
  kernel: 'SquaredDifference',
  inputs: ['a', 'b'],
  gradient: (dy, [a, b]) => {
    const derivative = () => tf.mul(dy, tf.mul(2, tf.sub(a!, b!)));
    return { a: () => sumTo(derivative(), a!.shape), b: () => sumTo(tf.neg(derivative()), b!.shape) };
  },
});
