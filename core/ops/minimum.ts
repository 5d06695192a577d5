import { tf } from '../tensor/tf.ts';
import { defineBroadcastOp } from './shared/elementwise.ts';
import { emitCall } from './shared/python.ts';

/** The smaller of the two, number by number; equal ones share the gradient by halves. Port of jnp.minimum. */
export function minimum(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.minimum(a, b);
}

export const minimumOp = defineBroadcastOp({
  type: 'minimum',
  doc: 'Takes the smaller of two numbers, place by place.',
  keywords: ['min', 'element-wise', 'clamp'],
  apply: minimum,
  flax: emitCall('jnp.minimum'),
});
