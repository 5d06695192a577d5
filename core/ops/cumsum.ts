import { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { type CumulativeOptions, defineCumulativeOp } from './shared/cumulative.ts';
import { alongLastAxis } from './shared/last-axis.ts';

/** The sum of everything up to each number along the axis. Port of jnp.cumsum. */
export function cumsum(x: tf.Tensor, { axis = -1, reverse = false }: CumulativeOptions = {}): tf.Tensor {
  return alongLastAxis(x, resolveAxis(axis, x.shape), (last) => tf.cumsum(last, last.rank - 1, false, reverse));
}

export const cumsumOp = defineCumulativeOp({
  type: 'cumsum',
  doc: 'The sum of everything up to each number along an axis.',
  keywords: ['cumulative sum', 'running total', 'scan'],
  apply: cumsum,
  flax: 'jnp.cumsum',
});
