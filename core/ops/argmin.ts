import { tf } from '../tensor/tf.ts';
import { defineIndexReductionOp, indexAlong, type IndexOptions } from './shared/index-reduction.ts';

/** Where the smallest number stands: its index along the axis, the first of several. No gradient. Port of jnp.argmin. */
export function argmin(x: tf.Tensor, options: IndexOptions = {}): tf.Tensor {
  return indexAlong(x, options, tf.argMin);
}

export const argminOp = defineIndexReductionOp({
  type: 'argmin',
  doc: 'Where the smallest number stands along an axis.',
  keywords: ['index', 'predicted class', 'smallest'],
  apply: argmin,
  flax: 'jnp.argmin',
});
