import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { onFloat } from './shared/on-float.ts';

/** min(max(x, 0), 6), of integers too as float32; the derivative at 0 and at 6 is 0. Port of nnx.relu6. */
export function relu6(x: tf.Tensor): tf.Tensor {
  return onFloat(x, tf.relu6);
}

export const relu6Op = defineElementwiseOp({
  type: 'relu6',
  doc: 'Clips numbers to the range from 0 to 6.',
  keywords: ['rectifier', 'mobile'],
  apply: relu6,
  keras: 'relu6',
  flax: 'nnx.relu6',
  pytorch: 'F.relu6',
  onnx: ({ x }, { node, constant }) => node('Clip', [x!.name, constant(0), constant(6)]),
});
