import { writeOneOnnx } from '../spec/onnx.ts';
import { onnxBroadcast } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitOperator } from './shared/python.ts';
import { torchOperator } from './shared/pytorch.ts';
import { kerasOperator } from './shared/keras.ts';

/**
 * Where a differs from b, NaN from itself included. Shapes broadcast as in NumPy; the result is bool and has no gradient. The caller
 * disposes it. Port of jnp.not_equal.
 * @throws Error for shapes that do not broadcast.
 */
export function notEqual(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.notEqual(a, b);
}

export const notEqualOp = defineBroadcastOp({
  type: 'notEqual',
  doc: 'Where the two differ.',
  keywords: ['compare', 'mask', '!='],
  apply: notEqual,
  keras: kerasOperator('!=', 'not_equal'),
  flax: emitOperator('!='),
  pytorch: torchOperator('!='),
  dtype: 'bool',
  onnx: (inputs, context) => context.node('Not', [writeOneOnnx(onnxBroadcast('Equal', { takesBool: true }), inputs, context)]),
});
