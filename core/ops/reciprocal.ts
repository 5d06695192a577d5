import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** 1 / x, infinite at 0 with the sign of that 0. The result has the shape of x; the caller disposes it. Port of jnp.reciprocal. */
export function reciprocal(x: tf.Tensor): tf.Tensor {
  return tf.reciprocal(x);
}

export const reciprocalOp = defineElementwiseOp({
  type: 'reciprocal',
  family: 'arithmetic',
  doc: 'One over the number.',
  keywords: ['inverse', '1/x'],
  apply: reciprocal,
  keras: 'reciprocal',
  flax: 'jnp.reciprocal',
  pytorch: 'torch.reciprocal',
  onnx: 'Reciprocal',
  examples: [{ inputs: { x: { shape: [2, 3], positive: true } } }],
});
