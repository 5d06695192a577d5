import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/**
 * The nearest whole number, halves to the even one; its gradient is 0. The result has the shape of x; the caller disposes it. Port of
 * jnp.round.
 */
export function round(x: tf.Tensor): tf.Tensor {
  return tf.round(x);
}

export const roundOp = defineElementwiseOp({
  type: 'round',
  family: 'arithmetic',
  doc: 'Rounds to the nearest whole number.',
  keywords: ['quantize'],
  apply: round,
  keras: 'round',
  flax: 'jnp.round',
  pytorch: 'torch.round',
  onnx: 'Round',
});
