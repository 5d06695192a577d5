import { onnxNode } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { slopeInside, withDerivative } from './shared/derivative.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** relu6(x + 3) / 6; the derivative at -3 and at 3 is 0. Port of nnx.hard_sigmoid. */
export function hardSigmoid(x: tf.Tensor): tf.Tensor {
  return withDerivative(
    x,
    (x) => {
      const value = tf.div(tf.relu6(tf.add(x, 3)), 6);
      return { value, saved: [value] };
    },
    (dy, y) => slopeInside(y!, 1, tf.div(dy, 6)),
  );
}

export const hardSigmoidOp = defineElementwiseOp({
  type: 'hardSigmoid',
  doc: 'A sigmoid made of straight lines: 0 below -3, 1 above 3.',
  keywords: ['piecewise linear', 'mobile'],
  apply: hardSigmoid,
  keras: 'hard_sigmoid',
  flax: 'nnx.hard_sigmoid',
  pytorch: 'F.hardsigmoid',
  onnx: onnxNode('HardSigmoid', () => ({ alpha: { float: 1 / 6 }, beta: { float: 0.5 } })),
});
