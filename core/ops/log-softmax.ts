import { p } from '../spec/params.ts';
import { logSoftmax as logSoftmaxAlong } from '../tensor/softmax.ts';
import type { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** log(softmax(x)) along `axis`, without underflow. Port of nnx.log_softmax. */
export function logSoftmax(x: tf.Tensor, { axis = -1 }: { readonly axis?: number } = {}): tf.Tensor {
  return logSoftmaxAlong(x, axis);
}

export const logSoftmaxOp = defineElementwiseOp({
  type: 'logSoftmax',
  doc: 'The logarithm of the softmax along an axis.',
  keywords: ['log probabilities'],
  params: { axis: p.int({ default: -1, doc: 'The axis along which the probabilities add up to 1.' }) },
  apply: logSoftmax,
  check: (x, { axis }) => void resolveAxis(axis, x.shape),
  flax: 'nnx.log_softmax',
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { axis: 0 }, inputs: { x: { shape: [2, 3] } } }],
});
