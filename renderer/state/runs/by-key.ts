/** @file The statistics of everything of a run, by the key that it has in every run. */
import type { RunResult, Statistics, ValueKey } from '../../../core/run/index.ts';
import { memoByIdentity } from '../derived/memo.ts';

export const statisticsByKey = memoByIdentity((result: RunResult): ReadonlyMap<ValueKey, Statistics> => {
  const found = new Map<ValueKey, Statistics>();
  for (const { valueKey, value, gradientKey, gradient } of [...result.wires, ...result.insides, ...result.variables]) {
    found.set(valueKey, value);
    if (gradientKey !== null && gradient) found.set(gradientKey, gradient);
  }
  for (const { key, summary } of [...result.outputs, ...result.captured.flatMap(({ entries }) => entries)]) found.set(key, summary);
  return found;
});

interface Seen {
  readonly value: Statistics;
  readonly gradient: Statistics | null;
}

/** A value with its gradient. */
export const seenByKey = memoByIdentity(
  (result: RunResult): ReadonlyMap<ValueKey, Seen> => new Map([...result.wires, ...result.insides].map((each) => [each.valueKey, each])),
);
