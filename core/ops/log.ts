import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** The natural logarithm: -Infinity at 0, NaN below. The result has the shape of x; the caller disposes it. Port of jnp.log. */
export function log(x: tf.Tensor): tf.Tensor {
  return tf.log(x);
}

export const logOp = defineElementwiseOp({
  type: 'log',
  family: 'arithmetic',
  doc: 'The natural logarithm.',
  keywords: ['ln', 'logarithm'],
  apply: log,
  keras: 'log',
  flax: 'jnp.log',
  pytorch: 'torch.log',
  onnx: 'Log',
  examples: [{ inputs: { x: { shape: [2, 3], positive: true } } }],
});
