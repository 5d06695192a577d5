import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** exp(x) - 1, exact near 0. The result has the shape of x; the caller disposes it. Port of jnp.expm1. */
export function expm1(x: tf.Tensor): tf.Tensor {
  return tf.expm1(x);
}

export const expm1Op = defineElementwiseOp({
  type: 'expm1',
  family: 'arithmetic',
  doc: 'The exponential less 1.',
  keywords: ['exponential'],
  apply: expm1,
  keras: 'expm1',
  flax: 'jnp.expm1',
  pytorch: 'torch.expm1',
  onnx: ({ x }, { node, constant }) => node('Sub', [node('Exp', [x!.name]), constant(1)]),
});
