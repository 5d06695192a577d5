import { cumprod as cumprodAlong } from '../tensor/cumulative.ts';
import type { tf } from '../tensor/tf.ts';
import { type CumulativeOptions, defineCumulativeOp } from './shared/cumulative.ts';

/**
 * The product of everything up to each number along the axis, or from each on by `reverse`; the gradient is right at zeros, too. The result
 * has the shape of x; the caller disposes it. Port of jnp.cumprod.
 */
export function cumprod(x: tf.Tensor, { axis = -1, reverse = false }: CumulativeOptions = {}): tf.Tensor {
  return cumprodAlong(x, axis, { reverse });
}

export const cumprodOp = defineCumulativeOp({
  type: 'cumprod',
  doc: 'The product of everything up to each number along an axis.',
  keywords: ['cumulative product', 'running product', 'scan'],
  apply: cumprod,
  flax: 'jnp.cumprod',
});
