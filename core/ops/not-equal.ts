import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitOperator } from './shared/python.ts';

/** Where a differs from b, as truth values. */
export function notEqual(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.notEqual(a, b);
}

export const notEqualOp = defineBroadcastOp({
  type: 'notEqual',
  doc: 'Where the two differ.',
  keywords: ['compare', 'mask', '!='],
  apply: notEqual,
  flax: emitOperator('!='),
  dtype: 'bool',
});
