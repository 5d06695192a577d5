import { tf } from '../tensor/tf.ts';
import { withDerivative } from './shared/derivative.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** x / (1 + |x|), from -1 to 1. Port of nnx.soft_sign. */
export function softSign(x: tf.Tensor): tf.Tensor {
  return withDerivative(
    x,
    (x) => {
      const divisor = tf.add(tf.abs(x), 1);
      return { value: tf.div(x, divisor), saved: [divisor] };
    },
    // Twice, since the square of a large divisor would overflow.
    (dy, divisor) => tf.div(tf.div(dy, divisor!), divisor!),
  );
}

export const softSignOp = defineElementwiseOp({
  type: 'softSign',
  doc: 'Bends numbers into the range from -1 to 1, more slowly than tanh.',
  keywords: ['softsign'],
  apply: softSign,
  keras: 'softsign',
  flax: 'nnx.soft_sign',
  pytorch: 'F.softsign',
  onnx: 'Softsign',
});
