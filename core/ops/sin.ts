import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** The sine of x in radians. The result has the shape of x; the caller disposes it. Port of jnp.sin. */
export function sin(x: tf.Tensor): tf.Tensor {
  return tf.sin(x);
}

export const sinOp = defineElementwiseOp({
  type: 'sin',
  family: 'arithmetic',
  doc: 'The sine.',
  keywords: ['sinus', 'positional encoding'],
  apply: sin,
  keras: 'sin',
  flax: 'jnp.sin',
  pytorch: 'torch.sin',
  onnx: 'Sin',
});
