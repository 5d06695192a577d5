import { onnxBroadcast } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitOperator } from './shared/python.ts';
import { torchOperator } from './shared/pytorch.ts';
import { kerasOperator } from './shared/keras.ts';

/**
 * a - b, number by number. Shapes broadcast as in NumPy, and the wider type holds both. The caller disposes the result. Port of
 * jnp.subtract.
 * @throws Error for shapes that do not broadcast.
 */
export function subtract(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.sub(a, b);
}

export const subtractOp = defineBroadcastOp({
  type: 'subtract',
  doc: 'Subtracts the second tensor from the first, number by number.',
  keywords: ['minus', 'difference', '-'],
  apply: subtract,
  keras: kerasOperator('-', 'subtract'),
  flax: emitOperator('-'),
  pytorch: torchOperator('-'),
  onnx: onnxBroadcast('Sub'),
});
