import { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { type CumulativeOptions, defineCumulativeOp } from './shared/cumulative.ts';
import { alongLastAxis } from './shared/last-axis.ts';

/** The product of everything up to each number along the axis. Port of jnp.cumprod. */
export function cumprod(x: tf.Tensor, { axis = -1, reverse = false }: CumulativeOptions = {}): tf.Tensor {
  return alongLastAxis(x, resolveAxis(axis, x.shape), (last) => tf.cumprod(last, last.rank - 1, false, reverse));
}

export const cumprodOp = defineCumulativeOp({
  type: 'cumprod',
  doc: 'The product of everything up to each number along an axis.',
  keywords: ['cumulative product', 'running product', 'scan'],
  apply: cumprod,
  flax: 'jnp.cumprod',
});
