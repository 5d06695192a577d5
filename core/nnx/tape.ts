/** @file One gradient recording, of a function whose inputs may be made on the way. */
import { record } from '../tensor/tape.ts';
import type { tf } from '../tensor/tf.ts';

/** A value and its gradients; null where an input does not reach the value. The caller disposes them. */
export interface TapeResult {
  readonly value: tf.Tensor;
  readonly gradients: readonly (tf.Tensor | null)[];
}

/**
 * Runs `f` and differentiates its scalar result with respect to `inputs`. The inputs are read after `f` has run:
 * it may add tensors that it made itself. Nothing is left behind when `f` or the way back throws.
 */
export function recordGradients(f: () => tf.Tensor, inputs: readonly tf.Tensor[]): TapeResult {
  const recording = record(f);
  const { value } = recording;
  try {
    return { value, gradients: recording.gradients(inputs) };
  } catch (error) {
    // Nobody receives it.
    value.dispose();
    throw error;
  }
}
