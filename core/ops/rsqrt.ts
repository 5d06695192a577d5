import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** 1 / √x: Infinity at 0, NaN below. The result has the shape of x; the caller disposes it. Port of jax.lax.rsqrt. */
export function rsqrt(x: tf.Tensor): tf.Tensor {
  return tf.rsqrt(x);
}

export const rsqrtOp = defineElementwiseOp({
  type: 'rsqrt',
  family: 'arithmetic',
  doc: 'One over the square root.',
  keywords: ['inverse root'],
  apply: rsqrt,
  keras: 'rsqrt',
  flax: 'jax.lax.rsqrt',
  pytorch: 'torch.rsqrt',
  onnx: ({ x }, { node }) => node('Reciprocal', [node('Sqrt', [x!.name])]),
  examples: [{ inputs: { x: { shape: [2, 3], positive: true } } }],
});
