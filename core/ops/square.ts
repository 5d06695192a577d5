import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** x². The result has the shape of x; the caller disposes it. Port of jnp.square. */
export function square(x: tf.Tensor): tf.Tensor {
  return tf.square(x);
}

export const squareOp = defineElementwiseOp({
  type: 'square',
  family: 'arithmetic',
  doc: 'The square.',
  keywords: ['power of 2'],
  apply: square,
  dtypes: ['float32', 'int32'],
  keras: 'square',
  flax: 'jnp.square',
  pytorch: 'torch.square',
  onnx: ({ x }, { node }) => node('Mul', [x!.name, x!.name]),
});
