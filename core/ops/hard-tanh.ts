import { tf } from '../tensor/tf.ts';
import { withDerivative } from './shared/derivative.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** x clipped to the range from -1 to 1; the derivative at -1 and at 1 is 1. Port of nnx.hard_tanh. */
export function hardTanh(x: tf.Tensor): tf.Tensor {
  return withDerivative(
    x,
    (x) => ({ value: tf.clipByValue(x, -1, 1), saved: [x] }),
    (dy, x) => tf.where(tf.greater(tf.abs(x!), 1), tf.zerosLike(dy), dy),
  );
}

export const hardTanhOp = defineElementwiseOp({
  type: 'hardTanh',
  doc: 'Clips numbers to the range from -1 to 1.',
  keywords: ['piecewise linear', 'clamp'],
  apply: hardTanh,
  keras: 'hard_tanh',
  flax: 'nnx.hard_tanh',
  pytorch: 'F.hardtanh',
  onnx: ({ x }, { node, constant }) => node('Clip', [x!.name, constant(-1), constant(1)]),
});
