import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** The largest whole number up to x; its gradient is 0. The result has the shape of x; the caller disposes it. Port of jnp.floor. */
export function floor(x: tf.Tensor): tf.Tensor {
  return tf.floor(x);
}

export const floorOp = defineElementwiseOp({
  type: 'floor',
  family: 'arithmetic',
  doc: 'Rounds down.',
  keywords: ['round down', 'quantize'],
  apply: floor,
  keras: 'floor',
  flax: 'jnp.floor',
  pytorch: 'torch.floor',
  onnx: 'Floor',
});
