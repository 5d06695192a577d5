import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** The cosine of x in radians. The result has the shape of x; the caller disposes it. Port of jnp.cos. */
export function cos(x: tf.Tensor): tf.Tensor {
  return tf.cos(x);
}

export const cosOp = defineElementwiseOp({
  type: 'cos',
  family: 'arithmetic',
  doc: 'The cosine.',
  keywords: ['cosinus', 'positional encoding'],
  apply: cos,
  keras: 'cos',
  flax: 'jnp.cos',
  pytorch: 'torch.cos',
  onnx: 'Cos',
});
