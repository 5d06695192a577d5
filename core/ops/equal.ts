import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitOperator } from './shared/python.ts';

/** Where a equals b, as truth values. */
export function equal(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.equal(a, b);
}

export const equalOp = defineBroadcastOp({
  type: 'equal',
  doc: 'Where both are the same.',
  keywords: ['compare', 'mask', '=='],
  apply: equal,
  flax: emitOperator('=='),
  dtype: 'bool',
});
