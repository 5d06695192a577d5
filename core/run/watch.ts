/**
 * @file Every value that a wire carries, and the gradient there, from one forward and one backward pass: each value gets a
 * second handle (an identity on the tape, no copy of numbers), the model goes on with the handle, and the gradient is taken
 * at it. It is what Flax calls the gradient of a perturbation at that point, call by call.
 */
import type { WirePlace } from '../build/observe.ts';
import { recordGradients } from '../nnx/tape.ts';
import { tf } from '../tensor/tf.ts';

export interface WatchedValue {
  readonly place: WirePlace;
  /** Kept: it survives the pass, and belongs to whoever holds the list. */
  readonly value: tf.Tensor;
  /** Its place among the inputs of the tape; null where nothing can be differentiated (integers). */
  readonly input: number | null;
}

/** Collects values during the forward pass. */
export class Watch {
  readonly values: WatchedValue[] = [];
  readonly #inputs: tf.Tensor[];

  /** `inputs` are those of the tape; values are added behind what it holds. */
  constructor(inputs: tf.Tensor[]) {
    this.#inputs = inputs;
  }

  /** Returns the handle that the model must go on with. */
  readonly observe = (place: WirePlace, value: tf.Tensor): tf.Tensor => {
    const handle = tf.keep(tf.clone(value));
    const input = value.dtype === 'float32' ? this.#inputs.push(handle) - 1 : null;
    this.values.push({ place, value: handle, input });
    return handle;
  };

  /** Frees the values, after an exception. */
  dispose(): void {
    for (const { value } of this.values) value.dispose();
  }
}

/** Runs `forward` with every wire watched. The caller owns value, gradients and watched values. */
export function recordWatched(inputs: tf.Tensor[], forward: (watch: Watch) => tf.Tensor) {
  const watch = new Watch(inputs);
  try {
    const { value, gradients } = recordGradients(() => forward(watch), inputs);
    return { value, gradients, watched: watch.values };
  } catch (error) {
    watch.dispose();
    throw error;
  }
}
