import { onnxNode } from './shared/onnx.ts';
import { p } from '../spec/params.ts';
import { logSoftmax as logSoftmaxAlong } from '../tensor/softmax.ts';
import type { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { overAxes, type SoftmaxOptions } from './shared/over-axes.ts';
import { emitKeras } from './shared/keras.ts';

/** log(softmax(x)) over `axis`, without underflow; what `where` leaves out gets -Infinity. The caller disposes it. Port of nnx.log_softmax. */
export function logSoftmax(x: tf.Tensor, options: SoftmaxOptions = {}): tf.Tensor {
  return overAxes(x, options, logSoftmaxAlong, -Infinity);
}

export const logSoftmaxOp = defineElementwiseOp({
  type: 'logSoftmax',
  doc: 'The logarithm of the softmax along an axis.',
  keywords: ['log probabilities'],
  params: { axis: p.int({ default: -1, doc: 'The axis along which the probabilities add up to 1.' }) },
  apply: (x, { axis }) => logSoftmax(x, { axis }),
  check: (x, { axis }) => void resolveAxis(axis, x.shape),
  keras: emitKeras('log_softmax', { axis: 'axis' }),
  flax: 'nnx.log_softmax',
  pytorch: { write: ({ x }, { source }) => `F.log_softmax(${x}, dim=${source('axis')})` },
  onnx: onnxNode('LogSoftmax', ({ axis }) => ({ axis: Number(axis) })),
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { axis: 0 }, inputs: { x: { shape: [2, 3] } } }],
});
