import { onnxNode } from './shared/onnx.ts';
import { p } from '../spec/params.ts';
import { softmax as softmaxAlong } from '../tensor/softmax.ts';
import type { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { overAxes, type SoftmaxOptions } from './shared/over-axes.ts';
import { emitKeras } from './shared/keras.ts';

/**
 * exp(x) scaled to the sum 1 over `axis`; what `where` leaves out gets 0. A slice of nothing but -Infinity gives NaN, one with nothing
 * kept gives 0. The caller disposes the result. Port of nnx.softmax.
 */
export function softmax(x: tf.Tensor, options: SoftmaxOptions = {}): tf.Tensor {
  return overAxes(x, options, softmaxAlong, 0);
}

export const softmaxOp = defineElementwiseOp({
  type: 'softmax',
  doc: 'Turns numbers into probabilities that add up to 1 along an axis.',
  keywords: ['probabilities', 'normalized exponential'],
  params: { axis: p.int({ default: -1, doc: 'The axis along which the probabilities add up to 1.' }) },
  apply: (x, { axis }) => softmax(x, { axis }),
  check: (x, { axis }) => void resolveAxis(axis, x.shape),
  keras: emitKeras('softmax', { axis: 'axis' }),
  flax: 'nnx.softmax',
  pytorch: { write: ({ x }, { source }) => `F.softmax(${x}, dim=${source('axis')})` },
  onnx: onnxNode('Softmax', ({ axis }) => ({ axis: Number(axis) })),
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { axis: 1 }, inputs: { x: { shape: [2, 3, 2] } } }],
});
