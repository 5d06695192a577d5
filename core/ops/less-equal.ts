import { onnxBroadcast } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitOperator } from './shared/python.ts';
import { torchOperator } from './shared/pytorch.ts';
import { kerasOperator } from './shared/keras.ts';

/**
 * Where a <= b. Shapes broadcast as in NumPy; the result is bool and has no gradient. The caller disposes it. Port of jnp.less_equal.
 * @throws Error for shapes that do not broadcast.
 */
export function lessEqual(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.lessEqual(a, b);
}

export const lessEqualOp = defineBroadcastOp({
  type: 'lessEqual',
  doc: 'Where the first is not greater than the second.',
  keywords: ['compare', 'mask', '<='],
  apply: lessEqual,
  keras: kerasOperator('<=', 'less_equal'),
  flax: emitOperator('<='),
  pytorch: torchOperator('<='),
  dtype: 'bool',
  onnx: onnxBroadcast('LessOrEqual'),
});
