import { p } from '../spec/params.ts';
import { softmax as softmaxAlong } from '../tensor/softmax.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

interface SoftmaxOptions {
  readonly axis?: number;
  /** Broadcastable to x: false leaves an entry out, which then gets 0. */
  readonly where?: tf.Tensor;
}

/** exp(x) scaled to the sum 1 along `axis`. A slice of nothing but -Infinity gives NaN. Port of nnx.softmax. */
export function softmax(x: tf.Tensor, { axis = -1, where }: SoftmaxOptions = {}): tf.Tensor {
  if (!where) return softmaxAlong(x, axis);
  return tf.tidy(() => {
    const kept = tf.cast(where, 'bool');
    return tf.where(kept, softmaxAlong(tf.where(kept, x, tf.scalar(-Infinity)), axis), tf.scalar(0));
  });
}

export const softmaxOp = defineElementwiseOp({
  type: 'softmax',
  doc: 'Turns numbers into probabilities that add up to 1 along an axis.',
  keywords: ['probabilities', 'normalized exponential'],
  params: { axis: p.int({ default: -1, doc: 'The axis along which the probabilities add up to 1.' }) },
  apply: (x, { axis }) => softmax(x, { axis }),
  check: (x, { axis }) => void resolveAxis(axis, x.shape),
  flax: 'nnx.softmax',
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { axis: 1 }, inputs: { x: { shape: [2, 3, 2] } } }],
});
