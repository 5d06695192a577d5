import { onnxBroadcast } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitOperator } from './shared/python.ts';
import { torchOperator } from './shared/pytorch.ts';
import { kerasOperator } from './shared/keras.ts';

/**
 * a · b, number by number. Shapes broadcast as in NumPy, and the wider type holds both. The caller disposes the result. Port of
 * jnp.multiply.
 * @throws Error for shapes that do not broadcast.
 */
export function multiply(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.mul(a, b);
}

export const multiplyOp = defineBroadcastOp({
  type: 'multiply',
  doc: 'Multiplies two tensors number by number, repeating axes of length 1.',
  keywords: ['times', 'product', 'gate', 'hadamard', '*'],
  apply: multiply,
  keras: kerasOperator('*', 'multiply'),
  flax: emitOperator('*'),
  pytorch: torchOperator('*'),
  onnx: onnxBroadcast('Mul'),
});
