import { tf } from '../tensor/tf.ts';
import { axesOf, defineReductionOp, type ReductionOptions } from './shared/reduction.ts';

/** The sum over the axes; truth values count as integers. Port of jnp.sum. */
export function sum(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.sum(x, axesOf(x, options), options.keepdims);
}

export const sumOp = defineReductionOp({
  type: 'sum',
  doc: 'The sum over axes.',
  keywords: ['add', 'total'],
  apply: sum,
  flax: 'jnp.sum',
  dtype: (input) => (input === 'bool' ? 'int32' : input),
});
