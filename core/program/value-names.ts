/**
 * @file Names of the values in a forward pass. A value that dies where the next is made hands on its name, so that a chain reads
 * `x = self.linear1(x)`; where several values live side by side, the new one is named after what makes it.
 */
import type { NodeId } from '../document/schema.ts';
import { groupBy } from '../graph/graph-of.ts';

export interface NamedStep {
  readonly node: NodeId;
  /** Keys of the values that it reads, in port order. */
  readonly reads: readonly string[];
  readonly writes: readonly { readonly key: string; /** What it is called if no name can be handed on. */ readonly wish: string }[];
}

/** Names that the code or Python uses: a local of this name would hide it. */
const RESERVED = new Set(
  `self nnx jnp jax optax rngs capturing abs all any bool dict filter float int iter len list map max min next object pow print range repr round
  set slice sorted str sum super tuple type vars zip`.split(/\s+/),
);

/** A name for every value that is read later. `fixed` are the arguments; `kept` are read at the end, by `return`. */
export function nameValues(
  steps: readonly NamedStep[],
  fixed: ReadonlyMap<string, string>,
  kept: readonly string[],
): ReadonlyMap<string, string> {
  const lastRead = new Map<string, number>(steps.flatMap(({ reads }, i) => reads.map((key) => [key, i] as const)));
  for (const key of kept) lastRead.set(key, steps.length);
  const names = new Map(fixed);
  // How many values that are read later have each name: they hand it on, so it may be two for a moment.
  const live = new Counter<string>();
  const endingAt = groupBy(
    lastRead,
    ([, step]) => step,
    ([key]) => key,
  );
  for (const [key, name] of fixed) if (lastRead.has(key)) live.add(name);
  for (const [i, { reads, writes }] of steps.entries()) {
    for (const key of endingAt.get(i) ?? []) if (names.has(key)) live.remove(names.get(key)!);
    // A name that is free from here on, first of all that of an input which ends here.
    const handed = reads.filter((key) => lastRead.get(key) === i).map((key) => names.get(key)!);
    for (const { key, wish } of writes) {
      if (!lastRead.has(key)) continue;
      const name = (writes.length === 1 ? handed.find((each) => !live.has(each)) : undefined) ?? freeName(wish, live);
      names.set(key, name);
      live.add(name);
    }
  }
  return names;
}

function freeName(wish: string, live: Pick<Counter<string>, 'has'>): string {
  const isFree = (name: string) => !live.has(name) && !RESERVED.has(name);
  if (isFree(wish)) return wish;
  const word = wish.replace(/\d+$/, '');
  for (let number = 2; ; number++) if (isFree(`${word}${number}`)) return `${word}${number}`;
}

/** How often each item is there. */
class Counter<T> {
  private readonly counts = new Map<T, number>();
  has(item: T): boolean {
    return (this.counts.get(item) ?? 0) > 0;
  }
  add(item: T): void {
    this.counts.set(item, (this.counts.get(item) ?? 0) + 1);
  }
  remove(item: T): void {
    this.counts.set(item, (this.counts.get(item) ?? 0) - 1);
  }
}
