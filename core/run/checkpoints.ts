/** @file The steps of a training that one can go back to, under a byte budget. */
import { Moment, type Standing } from './moment.ts';

export const CHECKPOINT_BYTES = 256 * 2 ** 20;
/** So many are enough to look back through. */
export const MOST_CHECKPOINTS = 64;

/**
 * At first every step is kept; whenever there are too many, every other one goes. The first, the last and pinned ones stay. Nothing is kept of a
 * training whose state alone takes more than half of the budget. Owns its moments until `dispose`.
 */
export class Checkpoints {
  /** By step, the first first. */
  #kept: Moment[] = [];
  readonly #pinned = new Set<number>();
  readonly #budget: number;
  #every = 1;

  constructor(budget = CHECKPOINT_BYTES) {
    this.#budget = budget;
  }

  get steps(): readonly number[] {
    return this.#kept.map(({ step }) => step);
  }

  get pinned(): readonly number[] {
    return this.steps.filter((step) => this.#pinned.has(step));
  }

  get bytes(): number {
    return bytesOf(this.#kept);
  }

  isDue(step: number): boolean {
    return step % this.#every === 0;
  }

  /** Remembers where a training stands. False: its state is too large to be kept. */
  take(standing: Standing): boolean {
    const moment = new Moment(standing);
    if (2 * bytesOf([moment]) > this.#budget) {
      moment.dispose();
      return false;
    }
    const [before, others] = [this.#kept.filter(({ step }) => step < moment.step), this.#kept.filter(({ step }) => step > moment.step)];
    for (const same of this.#kept) if (same.step === moment.step) same.dispose();
    this.#kept = [...before, moment, ...others];
    this.#thinOut();
    return true;
  }

  #thinOut(): void {
    while (this.#kept.length > MOST_CHECKPOINTS || this.bytes > this.#budget) {
      this.#every *= 2;
      const last = this.#kept.length - 1;
      const isKept = ({ step }: Moment, i: number): boolean => i === 0 || i === last || this.#pinned.has(step) || this.isDue(step);
      if (!this.#kept.some((moment, i) => !isKept(moment, i)) && this.#every > this.#kept.at(-1)!.step) return;
      this.#drop(isKept);
    }
  }

  #drop(isKept: (moment: Moment, index: number) => boolean): void {
    const [kept, dropped] = [this.#kept.filter(isKept), this.#kept.filter((moment, i) => !isKept(moment, i))];
    this.#kept = kept;
    for (const moment of dropped) moment.dispose();
  }

  /** The course behind this step is another one from now on. */
  cutAfter(step: number): void {
    this.#drop((moment) => moment.step <= step);
  }

  /** The last at this step or before it. */
  nearest(step: number): Moment | undefined {
    return this.#kept.findLast((moment) => moment.step <= step);
  }

  at(step: number): Moment | undefined {
    return this.#kept.find((moment) => moment.step === step);
  }

  /** A pinned step stays, however many others come. */
  pin(step: number, isPinned: boolean): void {
    if (isPinned) this.#pinned.add(step);
    else this.#pinned.delete(step);
  }

  dispose(): void {
    this.#drop(() => false);
    this.#pinned.clear();
  }
}

/** Handles on the same numbers are counted once. */
function bytesOf(moments: readonly Moment[]): number {
  const sizes = new Map(moments.flatMap(({ sizes }) => sizes));
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
