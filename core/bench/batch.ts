/** @file A batch of the form of the digits: what is measured does not depend on the numbers. */
import { key } from '../random/key.ts';
import { uniform } from '../random/uniform.ts';
import { tf } from '../tensor/tf.ts';

const ROWS = 64;

/** (64, 64) pixels and 64 labels, which the caller disposes. */
export function digitsBatch() {
  const pixels = uniform(key(1), [ROWS * 64]);
  const labels = Int32Array.from({ length: ROWS }, (_, i) => i % 10);
  return { inputs: [tf.tensor2d(pixels, [ROWS, 64])] as const, labels: tf.tensor1d(labels, 'int32') };
}
