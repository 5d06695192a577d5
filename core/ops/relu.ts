import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** max(x, 0); the derivative at 0 is 0. Port of nnx.relu. */
export function relu(x: tf.Tensor): tf.Tensor {
  return tf.relu(x);
}

export const reluOp = defineElementwiseOp({
  type: 'relu',
  doc: 'Keeps positive numbers and turns negative ones into 0.',
  keywords: ['rectifier', 'ramp'],
  apply: relu,
  keras: 'relu',
  flax: 'nnx.relu',
  pytorch: 'F.relu',
  onnx: 'Relu',
});
