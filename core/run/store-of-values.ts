/** @file The values of runs under a byte budget: those that nobody has looked at for longest go first. */
import { fail } from '../spec/run-error.ts';
import type { RequestId } from './protocol.ts';
import type { RunValues } from './values.ts';

export const BUDGET_BYTES = 256 * 2 ** 20;

interface Kept {
  readonly values: RunValues;
  readonly bytes: number;
  isPinned: boolean;
}

/**
 * Owns the values of runs, until they are forgotten, make room for others, or all is disposed. The latest run and pinned ones stay even
 * where they are more than the budget.
 */
export class StoreOfValues {
  /** Those that were looked at longest ago first. */
  readonly #runs = new Map<RequestId, Kept>();
  readonly #budget: number;
  #latestBytes = 0;

  constructor(budget = BUDGET_BYTES) {
    this.#budget = budget;
  }

  get bytes(): number {
    return [...this.#runs.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Takes the values over. Gives the runs that went for it. */
  add(run: RequestId, values: RunValues): readonly RequestId[] {
    const { bytes } = values;
    const dropped = this.#drop(bytes);
    this.#runs.set(run, { values, bytes, isPinned: false });
    this.#latestBytes = bytes;
    return dropped;
  }

  /** Before a run, whose values are expected to take what those of the latest took. Gives the runs that went. */
  makeRoom(): readonly RequestId[] {
    return this.#drop(this.#latestBytes);
  }

  /** When the memory is full: gives the runs that went, all that are not pinned. */
  dropAll(): readonly RequestId[] {
    return this.#drop(Infinity);
  }

  #drop(wanted: number): readonly RequestId[] {
    const dropped: RequestId[] = [];
    let total = this.bytes;
    for (const [run, { bytes, isPinned }] of this.#runs) {
      if (total + wanted <= this.#budget) break;
      if (isPinned) continue;
      total -= bytes;
      dropped.push(run);
    }
    this.forget(dropped);
    return dropped;
  }

  /** They stay the store's, and have been looked at now. @throws RunError where they are gone. */
  of(run: RequestId): RunValues {
    const kept = this.#runs.get(run) ?? fail('run/old-run', 'The values of this run made room for later ones.', 'Run again.');
    this.#runs.delete(run);
    this.#runs.set(run, kept);
    return kept.values;
  }

  /** @throws RunError where the values are gone. */
  pin(run: RequestId, isPinned: boolean): void {
    this.of(run);
    this.#runs.get(run)!.isPinned = isPinned;
  }

  /** Frees the values of runs; those that are gone already are no mistake. */
  forget(runs: readonly RequestId[]): void {
    for (const run of runs) {
      this.#runs.get(run)?.values.dispose();
      this.#runs.delete(run);
    }
  }

  dispose(): void {
    this.forget([...this.#runs.keys()]);
    this.#latestBytes = 0;
  }
}
