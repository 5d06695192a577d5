import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** x clipped to the range from -1 to 1; the derivative at -1 and at 1 is 1. Port of nnx.hard_tanh. */
export function hardTanh(x: tf.Tensor): tf.Tensor {
  return tf.clipByValue(x, -1, 1);
}

export const hardTanhOp = defineElementwiseOp({
  type: 'hardTanh',
  doc: 'Clips numbers to the range from -1 to 1.',
  keywords: ['piecewise linear', 'clamp'],
  apply: hardTanh,
  flax: 'nnx.hard_tanh',
});
