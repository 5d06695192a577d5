/**
 * @file What the model was before the latest steps, so that its weights before a divergence are not lost, and a step that is stopped in its middle
 * has not been. Handles on the same numbers: nothing is copied.
 */
import { variablesBelow } from '../nnx/grad-arguments.ts';
import type { Module } from '../nnx/module.ts';
import { RngKey } from '../nnx/rngs.ts';
import type { Variable } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';

interface Snapshot {
  readonly step: number;
  /** Tensors, and what else a Variable may hold, such as how many keys a stream has given. */
  readonly values: readonly (readonly [Variable<unknown>, unknown])[];
}

/** Owns handles on the weights before each step that is still in doubt; `dispose` frees them. */
export class Snapshots {
  #kept: Snapshot[] = [];
  readonly #variables: readonly Variable<unknown>[];

  constructor(model: Module) {
    this.#variables = variablesBelow(model)
      .map(({ variable }) => variable)
      .filter((variable) => !(variable instanceof RngKey));
  }

  /** Remembers the weights after so many steps. */
  take(step: number): void {
    const values = this.#variables.map((variable) => {
      const value = variable.getValue();
      return [variable, value instanceof tf.Tensor ? tf.keep(tf.clone(value)) : value] as const;
    });
    this.#kept.push({ step, values });
  }

  /** The weights after so many steps gave a finite loss: older ones are not needed. */
  confirm(step: number): void {
    while (this.#kept[0] && this.#kept[0].step < step) free(this.#kept.shift()!);
  }

  /** Puts the weights after so many steps back, by default the oldest, and tells after how many they were; undefined where there are none. */
  restore(step = this.#kept[0]?.step): number | undefined {
    const found = this.#kept.find((each) => each.step === step);
    if (!found) return undefined;
    for (const [variable, value] of found.values) variable.value = value instanceof tf.Tensor ? tf.clone(value) : value;
    return found.step;
  }

  dispose(): void {
    for (const snapshot of this.#kept.splice(0)) free(snapshot);
  }
}

function free({ values }: Snapshot): void {
  for (const [, value] of values) if (value instanceof tf.Tensor) value.dispose();
}
