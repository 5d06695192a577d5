import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** e to the power of x. The result has the shape of x; the caller disposes it. Port of jnp.exp. */
export function exp(x: tf.Tensor): tf.Tensor {
  return tf.exp(x);
}

export const expOp = defineElementwiseOp({
  type: 'exp',
  family: 'arithmetic',
  doc: 'The exponential.',
  keywords: ['exponential'],
  apply: exp,
  keras: 'exp',
  flax: 'jnp.exp',
  pytorch: 'torch.exp',
  onnx: 'Exp',
});
