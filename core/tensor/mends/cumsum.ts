/** @file The gradient of a running sum. TensorFlow.js puts its axes into the wrong order unless the sum runs along the last one. */
import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

export const cumsumGradient = defineGradient<{ axis: number; exclusive: boolean; reverse: boolean }>({
  kernel: 'Cumsum',
  gradient: (dy, _, { axis, exclusive, reverse }) => ({ x: () => tf.cumsum(dy, axis, exclusive, !reverse) }),
});
