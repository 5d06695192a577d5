import { onnxIndex } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { defineIndexReductionOp, indexAlong, type IndexOptions } from './shared/index-reduction.ts';

/**
 * Where the largest number stands: its index along the axis, the first of several, as int32; among all numbers, read row by row, unless an
 * axis is given. NaN wins. No gradient. The caller disposes the result. Port of jnp.argmax.
 * @throws RejectionError for axes that x does not have.
 */
export function argmax(x: tf.Tensor, options: IndexOptions = {}): tf.Tensor {
  return indexAlong(x, options, tf.argMax);
}

export const argmaxOp = defineIndexReductionOp({
  type: 'argmax',
  doc: 'Where the largest number stands along an axis.',
  keywords: ['index', 'predicted class', 'largest'],
  apply: argmax,
  keras: 'argmax',
  flax: 'jnp.argmax',
  onnx: onnxIndex('ArgMax'),
});
