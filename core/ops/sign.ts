import { tf } from '../tensor/tf.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** -1, 0 or 1; its gradient is 0. The result has the shape of x; the caller disposes it. Port of jnp.sign. */
export function sign(x: tf.Tensor): tf.Tensor {
  return tf.sign(x);
}

export const signOp = defineElementwiseOp({
  type: 'sign',
  family: 'arithmetic',
  doc: 'The sign: -1, 0 or 1.',
  keywords: ['signum'],
  apply: sign,
  dtypes: ['float32', 'int32'],
  keras: 'sign',
  flax: 'jnp.sign',
  pytorch: 'torch.sign',
  onnx: 'Sign',
});
