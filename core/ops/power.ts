import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitOperator } from './shared/python.ts';

/** a to the power of b, broadcast as in NumPy. */
export function power(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.pow(a, b);
}

export const powerOp = defineBroadcastOp({
  type: 'power',
  doc: 'Raises the first tensor to the power of the second, number by number.',
  keywords: ['exponent', 'pow', '**'],
  apply: power,
  flax: emitOperator('**'),
  positive: 'a',
});
