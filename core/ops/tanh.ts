import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { onFloat } from './shared/on-float.ts';

/** The hyperbolic tangent, from -1 to 1. Port of nnx.tanh. */
export function tanh(x: tf.Tensor): tf.Tensor {
  return onFloat(x, tf.tanh);
}

export const tanhOp = defineElementwiseOp({
  type: 'tanh',
  doc: 'Bends numbers into the range from -1 to 1.',
  keywords: ['hyperbolic tangent'],
  apply: tanh,
  keras: 'tanh',
  flax: 'nnx.tanh',
  pytorch: 'torch.tanh',
  onnx: 'Tanh',
});
