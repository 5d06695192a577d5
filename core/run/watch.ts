/**
 * @file Every value that a wire carries or a Module returns, and the gradient there, from one forward and one backward pass: each value
 * gets a second handle (an identity on the tape, no copy of numbers), the model goes on with the handle, and the gradient is taken
 * at it. It is what Flax calls the gradient of a perturbation at that point, call by call.
 */
import type { RunningNode, WirePlace } from '../build/observe.ts';
import type { Path } from '../document/schema.ts';
import { iterModules, type Module } from '../nnx/module.ts';
import type { ModuleWatcher } from '../nnx/watch-modules.ts';
import { type Gradients, record } from '../tensor/tape.ts';
import { tf } from '../tensor/tf.ts';
import type { Intervening } from './intervene.ts';
import type { ModulePlace } from './place.ts';

interface Watched {
  /** Kept: it survives the pass, and belongs to whoever holds the list. A Module and its wire may share it. */
  readonly value: tf.Tensor;
  /** Its place among the inputs of the tape; null where nothing can be differentiated (integers). */
  readonly input: number | null;
}

export interface WatchedValue extends Watched {
  readonly place: WirePlace;
}

export interface WatchedOutput extends Watched {
  readonly place: ModulePlace;
  /** The node whose call it happened in; null outside of every graph. */
  readonly node: RunningNode | null;
}

/** An RNN calls its cell at every step: of the calls of one Module, so many are looked at. All are counted. */
const MOST_CALLS = 16;

export interface WatchOptions {
  /** Hears what share of the Modules has been called. */
  readonly onCall?: ((share: number) => void) | undefined;
  /** Values that wires carry on changed. */
  readonly change?: Intervening['change'] | undefined;
}

/** Collects values during the forward pass. */
export class Watch {
  readonly values: WatchedValue[] = [];
  readonly outputs: WatchedOutput[] = [];
  /** How often each Module was called, by its path as JSON. */
  readonly calls = new Map<string, number>();
  readonly #inputs: tf.Tensor[];
  /** What the latest Module returned: if a wire carries it next, one handle serves both. */
  #latest: Watched | null = null;
  readonly #seen = new Map<string, number>();

  readonly #onCall: (share: number) => void;
  readonly #change: Intervening['change'];
  #called = 0;

  /** `inputs` are those of the tape; values are added behind what it holds. */
  constructor(inputs: tf.Tensor[], { onCall = () => undefined, change = () => null }: WatchOptions = {}) {
    this.#inputs = inputs;
    this.#onCall = onCall;
    this.#change = change;
  }

  #handle(value: tf.Tensor): Watched {
    const handle = tf.keep(tf.clone(value));
    return { value: handle, input: value.dtype === 'float32' ? this.#inputs.push(handle) - 1 : null };
  }

  /** Returns the handle that the model must go on with. */
  readonly observe = (place: WirePlace, value: tf.Tensor): tf.Tensor => {
    const changed = this.#change(place, value);
    const watched = changed ? this.#handle(changed) : this.#latest?.value === value ? this.#latest : this.#handle(value);
    this.#latest = null;
    this.values.push({ place, ...watched });
    return watched.value;
  };

  /** Looks into the Modules below a root, which must have been set up by then. */
  inside(root: Module, running: () => RunningNode | null): ModuleWatcher {
    const paths = new Map<object, Path>([...iterModules(root)].map(([path, module]) => [module, path]));
    return {
      called: (module) => {
        const key = JSON.stringify(paths.get(module));
        const count = (this.calls.get(key) ?? 0) + 1;
        this.calls.set(key, count);
        if (count === 1) this.#onCall(++this.#called / paths.size);
      },
      see: (module, name, value) => {
        const path = paths.get(module);
        const key = JSON.stringify([path, name]);
        const call = this.#seen.get(key) ?? 0;
        this.#seen.set(key, call + 1);
        if (!path || call >= MOST_CALLS) return value;
        this.#latest = this.#handle(value);
        this.outputs.push({ place: { module: path, name, call }, node: running(), ...this.#latest });
        return this.#latest.value;
      },
    };
  }

  /** Frees the values, after an exception. */
  dispose(): void {
    for (const { value } of [...this.values, ...this.outputs]) value.dispose();
  }
}

/**
 * Runs `forward` with every wire watched, and goes back in slices. The caller owns value, gradients and watched values.
 * @param pause lets messages in between the slices; it is told how much of the way back is done.
 */
export async function recordWatched(
  inputs: tf.Tensor[],
  forward: (watch: Watch) => tf.Tensor,
  pause: (share: number) => Promise<void>,
  options?: WatchOptions,
): Promise<{ value: tf.Tensor; gradients: Gradients; watch: Watch }> {
  const watch = new Watch(inputs, options);
  let value: tf.Tensor | undefined;
  try {
    const recording = record(() => forward(watch));
    ({ value } = recording);
    return { value, gradients: await recording.gradientsInSlices(inputs, pause), watch };
  } catch (error) {
    watch.dispose();
    value?.dispose();
    throw error;
  }
}
