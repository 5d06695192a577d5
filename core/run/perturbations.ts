/** @file The gradient of every perturbation that `capture` makes, in the same pass: no zeros are made, no second pass is run. */
import { TapRecorder } from '../nnx/taps.ts';
import type { Variable } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';

/** Listens to all `perturb` calls, also for perturbations that come into being while it listens. */
export class EveryPerturbation extends TapRecorder {
  readonly #inputs: tf.Tensor[];
  readonly #handles = new Map<Variable<unknown>, number[]>();

  /** `inputs` are those of the tape; each call adds its handle behind what it holds. */
  constructor(inputs: tf.Tensor[]) {
    super();
    this.#inputs = inputs;
  }

  override watches(): boolean {
    return true;
  }

  override add(variable: Variable<unknown>, handle: tf.Tensor): void {
    const places = this.#handles.get(variable) ?? [];
    this.#handles.set(variable, places);
    places.push(this.#inputs.push(handle) - 1);
  }

  /** How often `perturb` returned this perturbation; 0 for what was sown. */
  callsOf(variable: Variable<unknown>): number {
    return this.#handles.get(variable)?.length ?? 0;
  }

  /** Whether any call reaches the loss. */
  isReached(variable: Variable<unknown>, gradients: readonly (tf.Tensor | null)[]): boolean {
    return (this.#handles.get(variable) ?? []).some((place) => gradients[place]);
  }

  /** The sum over the calls, as Flax gives it: a new tensor. Null if no call reaches the loss. */
  gradientOf(variable: Variable<unknown>, gradients: readonly (tf.Tensor | null)[]): tf.Tensor | null {
    const reached = (this.#handles.get(variable) ?? []).flatMap((place) => gradients[place] ?? []);
    if (reached.length === 0) return null;
    return reached.length === 1 ? tf.clone(reached[0] as tf.Tensor) : tf.addN(reached);
  }
}
