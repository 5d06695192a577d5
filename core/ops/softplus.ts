import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { onFloat } from './shared/on-float.ts';

/** log(1 + exp(x)), without overflow. Port of nnx.softplus. */
export function softplus(x: tf.Tensor): tf.Tensor {
  return onFloat(x, tf.softplus);
}

export const softplusOp = defineElementwiseOp({
  type: 'softplus',
  doc: 'A smooth relu: always positive.',
  keywords: ['smooth rectifier', 'positive'],
  apply: softplus,
  keras: 'softplus',
  flax: 'nnx.softplus',
  pytorch: 'F.softplus',
  onnx: 'Softplus',
});
