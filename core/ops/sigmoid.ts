import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { onFloat } from './shared/on-float.ts';

/** 1 / (1 + exp(-x)), from 0 to 1. Port of nnx.sigmoid. */
export function sigmoid(x: tf.Tensor): tf.Tensor {
  return onFloat(x, tf.sigmoid);
}

export const sigmoidOp = defineElementwiseOp({
  type: 'sigmoid',
  doc: 'Bends numbers into the range from 0 to 1.',
  keywords: ['logistic', 'expit'],
  apply: sigmoid,
  keras: 'sigmoid',
  flax: 'nnx.sigmoid',
  pytorch: 'torch.sigmoid',
  onnx: 'Sigmoid',
});
