import { onnxBroadcast } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitOperator } from './shared/python.ts';
import { torchOperator } from './shared/pytorch.ts';
import { kerasOperator } from './shared/keras.ts';

/**
 * a + b, number by number. Shapes broadcast as in NumPy, and the wider type holds both. The caller disposes the result. Port of jnp.add.
 * @throws Error for shapes that do not broadcast.
 */
export function add(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.add(a, b);
}

export const addOp = defineBroadcastOp({
  type: 'add',
  doc: 'Adds two tensors number by number, repeating axes of length 1.',
  keywords: ['plus', 'sum', 'residual', 'skip connection', '+'],
  apply: add,
  keras: kerasOperator('+', 'add'),
  flax: emitOperator('+'),
  pytorch: torchOperator('+'),
  onnx: onnxBroadcast('Add'),
});
