/** @file The gradient of a matrix product whose batch axes were broadcast. TensorFlow.js fails with a wrong shape. */
import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { sumTo } from './sum-to.ts';

export const matMulGradient = defineGradient<{ transposeA: boolean; transposeB: boolean }>({
  kernel: 'BatchMatMul',
  inputs: ['a', 'b'],
  gradient: (dy, [a, b], { transposeA, transposeB }) => ({
    a: () => sumTo(transposeA ? tf.matMul(b!, dy, transposeB, true) : tf.matMul(dy, b!, false, !transposeB), a!.shape),
    b: () => sumTo(transposeB ? tf.matMul(dy, a!, true, transposeA) : tf.matMul(a!, dy, !transposeA, false), b!.shape),
  }),
});
