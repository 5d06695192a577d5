/** @file Gradients of gathering and scattering by coordinates, and of picking the largest, which TensorFlow.js lacks. */
import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

export const gatherNdGradient = defineGradient({
  kernel: 'GatherNd',
  inputs: ['params', 'indices'],
  gradient: (dy, [params, indices]) => ({
    params: () => tf.scatterND(indices!, dy, params!.shape),
    indices: () => tf.zeros(indices!.shape),
  }),
});

export const scatterNdGradient = defineGradient({
  kernel: 'ScatterNd',
  inputs: ['indices'],
  gradient: (dy, [indices]) => ({
    indices: () => tf.zeros(indices!.shape),
    updates: () => tf.gatherND(dy, indices!),
  }),
});

export const tensorScatterUpdateGradient = defineGradient({
  kernel: 'TensorScatterUpdate',
  inputs: ['indices', 'updates'],
  gradient: (dy, [indices, updates]) => ({
    tensor: () => tf.tensorScatterUpdate(dy, indices!, tf.zerosLike(updates!)),
    indices: () => tf.zeros(indices!.shape),
    updates: () => tf.gatherND(dy, indices!),
  }),
});

/** The gradient goes where the values came from. Of the two results, values and indices, only the values have one. */
export const topKGradient: tf.GradConfig = {
  kernelName: 'TopK',
  inputsToSave: ['x'],
  outputsToSave: [false, true],
  gradFunc: (dys, [x, indices]) => ({
    x: () => {
      const [dy] = dys as tf.Tensor[];
      const size = x!.shape.at(-1)!;
      const k = indices!.shape.at(-1)!;
      const chosen = tf.oneHot(tf.cast(tf.reshape(indices!, [-1, k]), 'int32'), size);
      const rows = tf.matMul(tf.reshape(dy!, [-1, 1, k]), tf.cast(chosen, 'float32') as tf.Tensor3D);
      return tf.reshape(rows, x!.shape);
    },
  }),
};
