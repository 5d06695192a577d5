import { onnxTriangle } from './shared/onnx.ts';
import type { tf } from '../tensor/tf.ts';
import { defineTriangleOp, keepTriangle } from './shared/triangle.ts';
import { emitKeras } from './shared/keras.ts';

/**
 * The numbers of [..., rows, columns] on and above the k-th diagonal, and 0 elsewhere, NaN included. The result has the shape of x; the
 * caller disposes it. Port of jnp.triu.
 */
export function triu(x: tf.Tensor, { k = 0 }: { readonly k?: number } = {}): tf.Tensor {
  return keepTriangle(x, (row, column) => column - row >= k);
}

export const triuOp = defineTriangleOp({
  type: 'triu',
  doc: 'Keeps what lies on and above a diagonal, and sets the rest to 0.',
  keywords: ['upper triangle', 'triangular', 'causal mask'],
  apply: triu,
  keras: emitKeras('triu', { k: 'k' }),
  flax: 'jnp.triu',
  onnx: onnxTriangle((row, column, k) => column - row >= k),
});
