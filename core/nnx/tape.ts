/** @file One gradient recording of TensorFlow.js, with what it lacks: no leaks when the function throws. */
import { tf } from '../tensor/tf.ts';

/** A value and its gradients; null where an input does not reach the value. The caller disposes them. */
export interface TapeResult {
  readonly value: tf.Tensor;
  readonly gradients: readonly (tf.Tensor | null)[];
}

/**
 * Runs `f` and differentiates its scalar result with respect to `inputs`. The inputs are read after `f` has run:
 * it may add tensors that it made itself.
 */
export function recordGradients(f: () => tf.Tensor, inputs: tf.Tensor[]): TapeResult {
  const engine = tf.engine();
  // The engine refuses an empty list, even where `f` is about to fill it. The placeholder stays the first input.
  const placeholder = inputs.length === 0 ? tf.scalar(0) : null;
  if (placeholder) inputs.push(placeholder);
  let result: tf.Tensor | null = null;
  try {
    const { value, grads } = engine.gradients(() => (result = f()), inputs, null as never, true) as {
      value: tf.Tensor;
      grads: (tf.Tensor | undefined)[];
    };
    return { value, gradients: grads.map((gradient) => gradient ?? null) };
  } catch (error) {
    // Only a finished outermost recording frees what it saved for the way back.
    const { state } = engine;
    if (state.gradientDepth === 0 && state.activeTape) {
      for (const node of state.activeTape) for (const saved of node.saved ?? []) saved.dispose();
      state.activeTape = null as never;
    }
    // Where the way back failed, nobody receives the result of the way there.
    (result as tf.Tensor | null)?.dispose();
    throw error;
  } finally {
    placeholder?.dispose();
  }
}
