import { tf } from '../tensor/tf.ts';
import { withDerivative } from './shared/derivative.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** x · sigmoid(x), also called swish. Port of nnx.silu and nnx.swish. */
export function silu(x: tf.Tensor): tf.Tensor {
  return withDerivative(
    x,
    (x) => {
      const gate = tf.sigmoid(x);
      const value = tf.mul(x, gate);
      return { value, saved: [gate, value] };
    },
    (dy, gate, y) => tf.mul(dy, tf.add(gate!, tf.mul(y!, tf.sub(1, gate!)))),
  );
}

export const siluOp = defineElementwiseOp({
  type: 'silu',
  doc: 'Weighs each number by its own sigmoid.',
  keywords: ['swish', 'sigmoid linear unit'],
  apply: silu,
  keras: 'silu',
  flax: 'nnx.silu',
  pytorch: 'F.silu',
  onnx: ({ x }, { node }) => node('Mul', [x!.name, node('Sigmoid', [x!.name])]),
});
