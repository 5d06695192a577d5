/** @file Where a training stood before each step whose numbers are still to come: a condition that became true leads back there. */
import { Moment, type Standing } from './moment.ts';
import type { StepObserver, Trained } from './run-steps.ts';

/** Owns its moments until `dispose`. */
export class Doubts implements StepObserver {
  readonly #standing: Standing & Trained;
  #moments: Moment[] = [];

  /** `standing` changes as steps are taken. */
  constructor(standing: Standing & Trained) {
    this.#standing = standing;
  }

  before(): void {
    this.#moments.push(new Moment(this.#standing));
  }

  measured(step: number): void {
    while (this.#moments[0] && this.#moments[0].step < step) this.#moments.shift()!.dispose();
  }

  /** Goes back to where the step of this number, from 1, had not been taken. */
  undo(step: number): void {
    this.#moments.find((moment) => moment.step === step - 1)?.restoreInto(this.#standing);
    this.#standing.step = step - 1;
  }

  dispose(): void {
    for (const moment of this.#moments.splice(0)) moment.dispose();
  }
}
