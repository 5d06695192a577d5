import { tf } from '../tensor/tf.ts';
import { axesOf, defineReductionOp, type ReductionOptions } from './shared/reduction.ts';

/**
 * The product over the axes, all unless given: [...] to [...] without them, or with length 1 by `keepdims`. The gradient is right at zeros,
 * too. The caller disposes the result. Port of jnp.prod.
 * @throws RejectionError for axes that x does not have.
 */
export function prod(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  return tf.prod(x, axesOf(x, options), options.keepdims);
}

export const prodOp = defineReductionOp({
  type: 'prod',
  doc: 'The product over axes.',
  keywords: ['product', 'multiply'],
  apply: prod,
  flax: 'jnp.prod',
  dtype: (input) => (input === 'bool' ? 'int32' : input),
});
