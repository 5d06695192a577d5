/** @file Gradients of cutting into a single part, at which TensorFlow.js throws: it joins parts, and is handed one that is no list. */
import * as tf from '@tensorflow/tfjs-core';

export const splitGradient: tf.GradConfig = {
  kernelName: 'SplitV',
  gradFunc: (dys, _saved, attributes) => ({ x: () => tf.concat([dys].flat(), (attributes as unknown as { axis: number }).axis) }),
};

export const unpackGradient: tf.GradConfig = {
  kernelName: 'Unpack',
  gradFunc: (dys, _saved, attributes) => ({ value: () => tf.stack([dys].flat(), (attributes as unknown as { axis: number }).axis) }),
};
