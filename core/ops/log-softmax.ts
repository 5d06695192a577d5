import { p } from '../spec/params.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { alongLastAxis } from './shared/last-axis.ts';

/** log(softmax(x)) along `axis`, without underflow. Port of nnx.log_softmax. */
export function logSoftmax(x: tf.Tensor, { axis = -1 }: { readonly axis?: number } = {}): tf.Tensor {
  return alongLastAxis(x, resolveAxis(axis, x.shape), (last) => tf.logSoftmax(last, -1));
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
