import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** log(1 + x), exact near 0. The result has the shape of x; the caller disposes it. Port of jnp.log1p. */
export function log1p(x: tf.Tensor): tf.Tensor {
  return tf.log1p(x);
}

export const log1pOp = defineElementwiseOp({
  type: 'log1p',
  family: 'arithmetic',
  doc: 'The natural logarithm of 1 plus the number.',
  keywords: ['ln', 'logarithm'],
  apply: log1p,
  keras: 'log1p',
  flax: 'jnp.log1p',
  pytorch: 'torch.log1p',
  onnx: ({ x }, { node, constant }) => node('Log', [node('Add', [x!.name, constant(1)])]),
  examples: [{ inputs: { x: { shape: [2, 3], positive: true } } }],
});
