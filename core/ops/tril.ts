import { onnxTriangle } from './shared/onnx.ts';
import type { tf } from '../tensor/tf.ts';
import { defineTriangleOp, keepTriangle } from './shared/triangle.ts';
import { emitKeras } from './shared/keras.ts';

/**
 * The numbers of [..., rows, columns] on and below the k-th diagonal, and 0 elsewhere, NaN included. The result has the shape of x; the
 * caller disposes it. Port of jnp.tril.
 */
export function tril(x: tf.Tensor, { k = 0 }: { readonly k?: number } = {}): tf.Tensor {
  return keepTriangle(x, (row, column) => column - row <= k);
}

export const trilOp = defineTriangleOp({
  type: 'tril',
  doc: 'Keeps what lies on and below a diagonal, and sets the rest to 0.',
  keywords: ['lower triangle', 'triangular', 'causal mask'],
  apply: tril,
  keras: emitKeras('tril', { k: 'k' }),
  flax: 'jnp.tril',
  onnx: onnxTriangle((row, column, k) => column - row <= k),
});
