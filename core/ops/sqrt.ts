import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** The square root: NaN below 0, an infinite gradient at 0. The result has the shape of x; the caller disposes it. Port of jnp.sqrt. */
export function sqrt(x: tf.Tensor): tf.Tensor {
  return tf.sqrt(x);
}

export const sqrtOp = defineElementwiseOp({
  type: 'sqrt',
  family: 'arithmetic',
  doc: 'The square root.',
  keywords: ['root'],
  apply: sqrt,
  keras: 'sqrt',
  flax: 'jnp.sqrt',
  pytorch: 'torch.sqrt',
  onnx: 'Sqrt',
  examples: [{ inputs: { x: { shape: [2, 3], positive: true } } }],
});
