import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** The smallest whole number from x on; its gradient is 0. The result has the shape of x; the caller disposes it. Port of jnp.ceil. */
export function ceil(x: tf.Tensor): tf.Tensor {
  return tf.ceil(x);
}

export const ceilOp = defineElementwiseOp({
  type: 'ceil',
  family: 'arithmetic',
  doc: 'Rounds up.',
  keywords: ['round up', 'quantize'],
  apply: ceil,
  keras: 'ceil',
  flax: 'jnp.ceil',
  pytorch: 'torch.ceil',
  onnx: 'Ceil',
});
