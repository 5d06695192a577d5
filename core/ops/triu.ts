import type { tf } from '../tensor/tf.ts';
import { defineTriangleOp, keepTriangle } from './shared/triangle.ts';

/** The numbers on and above the k-th diagonal of the last two axes, and 0 elsewhere. Port of jnp.triu. */
export function triu(x: tf.Tensor, { k = 0 }: { readonly k?: number } = {}): tf.Tensor {
  return keepTriangle(x, (row, column) => column - row >= k);
}

export const triuOp = defineTriangleOp({
  type: 'triu',
  doc: 'Keeps what lies on and above a diagonal, and sets the rest to 0.',
  keywords: ['upper triangle', 'triangular', 'causal mask'],
  apply: triu,
  flax: 'jnp.triu',
});
