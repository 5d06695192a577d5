/**
 * @file Ops through which nothing flows: comparisons, places of the largest, and casts to whole numbers. TensorFlow.js throws at the first and at
 * the second where they look at whole numbers, and lets the gradient through the third.
 */
import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

function zeroGradient(kernel: string, inputs: readonly string[]): tf.GradConfig {
  return defineGradient({
    kernel,
    inputs,
    gradient: (_dy, saved) => Object.fromEntries(inputs.map((name, i) => [name, () => tf.zeros(saved[i]!.shape)])),
  });
}

const OF_TWO = ['Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual', 'LogicalAnd', 'LogicalOr'];
const OF_ONE = ['LogicalNot', 'IsNan', 'IsInf', 'IsFinite', 'All', 'Any', 'ArgMax', 'ArgMin'];

export const zeroGradients: readonly tf.GradConfig[] = [
  ...OF_TWO.map((kernel) => zeroGradient(kernel, ['a', 'b'])),
  ...OF_ONE.map((kernel) => zeroGradient(kernel, ['x'])),
];

export const castGradient = defineGradient<{ dtype: tf.DataType }>({
  kernel: 'Cast',
  gradient: (dy, _saved, { dtype }) => ({ x: () => (dtype === 'float32' ? tf.cast(dy, 'float32') : tf.zerosLike(dy)) }),
});
