import { onnxBroadcast } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitOperator } from './shared/python.ts';
import { torchOperator } from './shared/pytorch.ts';
import { kerasOperator } from './shared/keras.ts';

/**
 * a / b, number by number; integers become floats, and 0 / 0 is NaN. Shapes broadcast as in NumPy. The caller disposes the result. Port of
 * jnp.divide.
 * @throws Error for shapes that do not broadcast.
 */
export function divide(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  // TensorFlow.js would round the quotient of two integers down.
  if (a.dtype !== 'float32' && b.dtype !== 'float32') return tf.tidy(() => tf.div(tf.cast(a, 'float32'), b));
  return tf.div(a, b);
}

export const divideOp = defineBroadcastOp({
  type: 'divide',
  doc: 'Divides the first tensor by the second, number by number.',
  keywords: ['quotient', 'ratio', '/'],
  apply: divide,
  keras: kerasOperator('/', 'divide', { onlyFloats: true }),
  flax: emitOperator('/'),
  pytorch: torchOperator('/'),
  dtype: 'float32',
  positive: 'b',
  onnx: onnxBroadcast('Div', { dtype: 'float32' }),
});
