import { tf } from '../../tensor/tf.ts';

/**
 * `f` of x as float32: integers and truth values are promoted, as in JAX. TensorFlow.js would refuse them, or compute in integers and
 * give a truncated result. The caller disposes the result.
 */
export function onFloat(x: tf.Tensor, f: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  return x.dtype === 'float32' ? f(x) : tf.tidy(() => f(tf.cast(x, 'float32')));
}
