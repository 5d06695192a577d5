import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitOperator } from './shared/python.ts';

/** Where a < b, as truth values. */
export function less(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.less(a, b);
}

export const lessOp = defineBroadcastOp({
  type: 'less',
  doc: 'Where the first is less than the second.',
  keywords: ['compare', 'mask', '<'],
  apply: less,
  flax: emitOperator('<'),
  dtype: 'bool',
});
