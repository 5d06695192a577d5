import { onnxIndex } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { defineIndexReductionOp, indexAlong, type IndexOptions } from './shared/index-reduction.ts';

/**
 * Where the smallest number stands: its index along the axis, the first of several, as int32; among all numbers, read row by row, unless an
 * axis is given. NaN wins. No gradient. The caller disposes the result. Port of jnp.argmin.
 * @throws RejectionError for axes that x does not have.
 */
export function argmin(x: tf.Tensor, options: IndexOptions = {}): tf.Tensor {
  return indexAlong(x, options, tf.argMin);
}

export const argminOp = defineIndexReductionOp({
  type: 'argmin',
  doc: 'Where the smallest number stands along an axis.',
  keywords: ['index', 'predicted class', 'smallest'],
  apply: argmin,
  keras: 'argmin',
  flax: 'jnp.argmin',
  onnx: onnxIndex('ArgMin'),
});
