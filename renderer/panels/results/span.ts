/** @file What lies between two places of a run: by how much the value grows from the one to the other, and the gradient on its way back. Pure. */
import type { Statistics } from '../../../core/run/index.ts';
import type { Subject } from './subjects.ts';

export interface Span {
  /** What comes first in the pass. */
  readonly from: string;
  readonly to: string;
  /** Size of a number behind over that before; null where one is 0, not finite or unknown. */
  readonly activation: number | null;
  /** Size of a number of the gradient before over that behind: the way that it takes. */
  readonly gradient: number | null;
}

/** Root of the mean square: of tensors of different sizes a number of each is compared, not how many there are. */
function sizeOf(of: Statistics | undefined): number | null {
  if (!of || of.norm === null || of.count === 0) return null;
  const size = of.norm / Math.sqrt(of.count);
  return Number.isFinite(size) && size > 0 ? size : null;
}

function ratio(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a / b;
}

/** `first` and `second` in the order of the pass. */
export function spanOf(first: Subject, second: Subject): Span {
  return {
    from: first.title,
    to: second.title,
    activation: ratio(sizeOf(second.value.summary), sizeOf(first.value.summary)),
    gradient: ratio(sizeOf(first.gradient?.summary), sizeOf(second.gradient?.summary)),
  };
}

/** The two that a selection of two things is of: what each gave, in the order of the pass; undefined of any other selection. */
export function endsOfSpan(
  subjects: readonly Subject[],
  order: readonly string[],
  selected: number,
): readonly [Subject, Subject] | undefined {
  if (selected !== 2) return undefined;
  const outputs = subjects.filter(({ kind }) => kind === 'output' || kind === 'value');
  const places = new Map(order.map((key, at) => [key, at]));
  // Of several calls the last.
  const ends = [...new Map(outputs.map((subject) => [subject.title.replace(/, call \d+ of \d+$/, ''), subject])).values()];
  if (ends.length !== 2) return undefined;
  const [a, b] = ends.toSorted((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0)) as [Subject, Subject];
  return [a, b];
}
