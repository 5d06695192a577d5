import { onnxBroadcast } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitOperator } from './shared/python.ts';
import { torchOperator } from './shared/pytorch.ts';
import { kerasOperator } from './shared/keras.ts';

/**
 * Where a >= b. Shapes broadcast as in NumPy; the result is bool and has no gradient. The caller disposes it. Port of jnp.greater_equal.
 * @throws Error for shapes that do not broadcast.
 */
export function greaterEqual(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.greaterEqual(a, b);
}

export const greaterEqualOp = defineBroadcastOp({
  type: 'greaterEqual',
  doc: 'Where the first is not less than the second.',
  keywords: ['compare', 'mask', '>='],
  apply: greaterEqual,
  keras: kerasOperator('>=', 'greater_equal'),
  flax: emitOperator('>='),
  pytorch: torchOperator('>='),
  dtype: 'bool',
  onnx: onnxBroadcast('GreaterOrEqual'),
});
