import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitOperator } from './shared/python.ts';

/** Where a <= b, as truth values. */
export function lessEqual(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.lessEqual(a, b);
}

export const lessEqualOp = defineBroadcastOp({
  type: 'lessEqual',
  doc: 'Where the first is not greater than the second.',
  keywords: ['compare', 'mask', '<='],
  apply: lessEqual,
  flax: emitOperator('<='),
  dtype: 'bool',
});
