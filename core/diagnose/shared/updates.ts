/** @file How far steps moved the weights, beside how large these are. */
import type { SeenCourse, SeenUpdate } from '../seen.ts';

/** The middle one of numbers; NaN of none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.filter((each) => !Number.isNaN(each)).toSorted((a, b) => a - b);
  return sorted.length === 0 ? NaN : sorted[Math.floor((sorted.length - 1) / 2)]!;
}

/** Weight matrices and kernels that began with a size: biases and gates that start at 0 move by more than they have for long. */
export function kernels({ updates }: SeenCourse): ReadonlyMap<string, readonly SeenUpdate[]> {
  const byPath = new Map<string, SeenUpdate[]>();
  for (const update of updates) {
    const key = update.path.join('.');
    byPath.set(key, [...(byPath.get(key) ?? []), update]);
  }
  return new Map([...byPath].filter(([, [first]]) => first!.rank >= 2 && first!.weight > 0));
}

export const ratioOf = ({ update, weight }: SeenUpdate): number => update / weight;
