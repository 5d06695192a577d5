import { onnxBroadcast } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitOperator } from './shared/python.ts';
import { torchOperator } from './shared/pytorch.ts';
import { kerasOperator } from './shared/keras.ts';

/**
 * Where a equals b. Shapes broadcast as in NumPy; the result is bool and has no gradient. The caller disposes it. Port of jnp.equal.
 * @throws Error for shapes that do not broadcast.
 */
export function equal(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.equal(a, b);
}

export const equalOp = defineBroadcastOp({
  type: 'equal',
  doc: 'Where both are the same.',
  keywords: ['compare', 'mask', '=='],
  apply: equal,
  keras: kerasOperator('==', 'equal'),
  flax: emitOperator('=='),
  pytorch: torchOperator('=='),
  dtype: 'bool',
  onnx: onnxBroadcast('Equal', { takesBool: true }),
});
