/** @file Gradients of gathering and scattering, and of picking the largest. Those by coordinates TensorFlow.js lacks. */
import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

/** What is picked twice adds up. TensorFlow.js fails where there is a batch axis. */
export const gatherGradient = defineGradient<{ axis: number; batchDims: number }>({
  kernel: 'GatherV2',
  inputs: ['x', 'indices'],
  gradient: (dy, [x, indices], { axis: anyAxis, batchDims }) => ({
    x: () => {
      const { shape } = x!;
      if (dy.size === 0) return tf.zeros(shape);
      const axis = anyAxis < 0 ? anyAxis + shape.length : anyAxis;
      const product = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);
      const [batch, outer, n, inner] = [
        product(shape.slice(0, batchDims)),
        product(shape.slice(batchDims, axis)),
        shape[axis]!,
        product(shape.slice(axis + 1)),
      ];
      const count = indices!.size / batch;
      // Picked numbers become the rows of a matrix, each batch with rows of its own to add them to.
      let rows = tf.reshape(dy, [batch, outer, count, inner]);
      if (outer > 1) rows = tf.transpose(rows, [0, 2, 1, 3]);
      let places = tf.reshape(indices!, [batch, count]);
      if (batch > 1) places = tf.add(places, tf.reshape(tf.range(0, batch * n, n, 'int32'), [batch, 1]));
      // tf.unsortedSegmentSum would go through all rows once for each place.
      const flat = tf.reshape(tf.cast(places, 'int32'), [batch * count, 1]);
      const sums = tf.scatterND(flat, tf.reshape(rows, [batch * count, outer * inner]), [batch * n, outer * inner]);
      if (outer === 1) return tf.reshape(sums, shape);
      return tf.reshape(tf.transpose(tf.reshape(sums, [batch, n, outer, inner]), [0, 2, 1, 3]), shape);
    },
    indices: () => tf.zeros(indices!.shape),
  }),
});

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
