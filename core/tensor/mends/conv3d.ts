/**
 * @file The gradient that `conv3d`'s own gradient by its input lacks. That kernel is a transposed convolution, and `conv3d` is its
 * gradient in turn.
 */
import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

interface Backward {
  readonly strides: number | [number, number, number];
  readonly pad: 'same' | 'valid';
}

export const conv3dBackpropInputGradient = defineGradient<Backward>({
  kernel: 'Conv3DBackpropInputV2',
  inputs: ['dy', 'filter'],
  gradient: (ddx, [dy, filter], { strides, pad }) => ({
    dy: () => tf.conv3d(ddx as tf.Tensor5D, filter as tf.Tensor5D, strides, pad),
    filter: () => {
      const attributes = { strides, pad, filterShape: filter!.shape };
      return tf.engine().runKernel('Conv3DBackpropFilterV2', { x: ddx, dy: dy! }, attributes as unknown as tf.NamedAttrMap);
    },
  }),
});
