/**
 * @file The gradient of bilinear resizing. TensorFlow.js swaps height and width on the CPU, and forgets half pixels. Resizing is a
 * matrix along each axis, so the gradient is its transpose.
 */
import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

interface Resize {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** [out, in]: how much of each number goes into each new one. */
function weights(size: number, out: number, { alignCorners, halfPixelCenters }: Resize): tf.Tensor2D {
  const scale = alignCorners && out > 1 ? (size - 1) / (out - 1) : size / out;
  const matrix = new Float32Array(out * size);
  for (let i = 0; i < out; i++) {
    const at = halfPixelCenters ? scale * (i + 0.5) - 0.5 : scale * i;
    const low = Math.max(Math.floor(at), 0);
    const high = Math.min(Math.max(Math.ceil(at), 0), size - 1);
    matrix[i * size + low]! += 1 - (at - low);
    matrix[i * size + high]! += at - low;
  }
  return tf.tensor2d(matrix, [out, size]);
}

export const resizeBilinearGradient = defineGradient<Resize>({
  kernel: 'ResizeBilinear',
  inputs: ['images'],
  gradient: (dy, [images], attributes) => ({
    images: () => {
      const [batch, height, width, channels] = images!.shape as [number, number, number, number];
      const [, newHeight, newWidth] = dy.shape as [number, number, number, number];
      const byRows = tf.reshape(dy, [batch, newHeight, newWidth * channels]);
      const tall = tf.matMul(weights(height, newHeight, attributes), byRows, true, false);
      const byColumns = tf.reshape(tall, [batch * height, newWidth, channels]);
      return tf.reshape(tf.matMul(weights(width, newWidth, attributes), byColumns, true, false), images!.shape);
    },
  }),
});
