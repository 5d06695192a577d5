/** @file The weights of the latest steps, so that those before a divergence are not lost. Handles on the same numbers: nothing is copied. */
import { variablesBelow } from '../nnx/grad-arguments.ts';
import type { Module } from '../nnx/module.ts';
import { BatchStat, Param, type Variable } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';

interface Snapshot {
  readonly step: number;
  readonly values: readonly (readonly [Variable<unknown>, tf.Tensor])[];
}

/** Owns handles on the weights before each step that is still in doubt; `dispose` frees them. */
export class Snapshots {
  #kept: Snapshot[] = [];
  readonly #variables: readonly Variable<unknown>[];

  constructor(model: Module) {
    this.#variables = variablesBelow(model)
      .map(({ variable }) => variable)
      .filter((variable) => variable instanceof Param || variable instanceof BatchStat);
  }

  /** Remembers the weights after so many steps. */
  take(step: number): void {
    const values = this.#variables.flatMap((variable) => {
      const value: unknown = variable.getValue();
      return value instanceof tf.Tensor ? [[variable, tf.keep(tf.clone(value))] as const] : [];
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
    for (const [variable, value] of found.values) (variable as Variable<tf.Tensor>).value = tf.clone(value);
    return found.step;
  }

  dispose(): void {
    for (const snapshot of this.#kept.splice(0)) free(snapshot);
  }
}

function free({ values }: Snapshot): void {
  for (const [, value] of values) value.dispose();
}
