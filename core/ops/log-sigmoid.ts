import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { onFloat } from './shared/on-float.ts';

/** log(sigmoid(x)), without underflow. Port of nnx.log_sigmoid. */
export function logSigmoid(x: tf.Tensor): tf.Tensor {
  return onFloat(x, tf.logSigmoid);
}

export const logSigmoidOp = defineElementwiseOp({
  type: 'logSigmoid',
  doc: 'The logarithm of the sigmoid: always negative.',
  keywords: ['log probability'],
  apply: logSigmoid,
  keras: 'log_sigmoid',
  flax: 'nnx.log_sigmoid',
  pytorch: 'F.logsigmoid',
  onnx: ({ x }, { node }) => node('Neg', [node('Softplus', [node('Neg', [x!.name])])]),
});
