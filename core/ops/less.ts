import { onnxBroadcast } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitOperator } from './shared/python.ts';
import { torchOperator } from './shared/pytorch.ts';
import { kerasOperator } from './shared/keras.ts';

/**
 * Where a < b. Shapes broadcast as in NumPy; the result is bool and has no gradient. The caller disposes it. Port of jnp.less.
 * @throws Error for shapes that do not broadcast.
 */
export function less(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.less(a, b);
}

export const lessOp = defineBroadcastOp({
  type: 'less',
  doc: 'Where the first is less than the second.',
  keywords: ['compare', 'mask', '<'],
  apply: less,
  keras: kerasOperator('<', 'less'),
  flax: emitOperator('<'),
  pytorch: torchOperator('<'),
  dtype: 'bool',
  onnx: onnxBroadcast('Less'),
});
