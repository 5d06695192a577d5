import { tf } from '../tensor/tf.ts';
import { slopeInside, withDerivative } from './shared/derivative.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** x · hardSigmoid(x), also called hard swish. Port of nnx.hard_silu and nnx.hard_swish; arXiv:1905.02244. */
export function hardSilu(x: tf.Tensor): tf.Tensor {
  return withDerivative(
    x,
    (x) => {
      const gate = tf.div(tf.relu6(tf.add(x, 3)), 6);
      return { value: tf.mul(x, gate), saved: [x, gate] };
    },
    (dy, x, gate) => tf.mul(dy, tf.add(gate!, slopeInside(gate!, 1, tf.div(x!, 6)))),
  );
}

export const hardSiluOp = defineElementwiseOp({
  type: 'hardSilu',
  doc: 'A silu made of simple pieces: 0 below -3, x above 3.',
  keywords: ['hard swish', 'hardSwish', 'mobile'],
  apply: hardSilu,
  keras: 'hard_silu',
  flax: 'nnx.hard_silu',
  pytorch: 'F.hardswish',
  onnx: 'HardSwish',
});
