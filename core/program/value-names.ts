/**
 * @file Names of the values in a forward pass, as a person would choose them: what leaves the class has the name of its output, and everything
 * else is named after what makes it. A name is handed on only to another form of the same value. Names of inputs stay theirs.
 */
import { groupBy } from '../graph/graph-of.ts';

export interface NamedStep {
  /** Keys of the values that it reads, in port order. */
  readonly reads: readonly number[];
  readonly writes: readonly {
    readonly key: number;
    /** What it is called where its name is free. */
    readonly wish: string;
    /** The name of the output that it leaves by. */
    readonly output?: string | undefined;
  }[];
  /** The value that this is another form of, as an activation, a norm or a residual gives: its name may stay. */
  readonly changes?: number | undefined;
  /**
   * Something was added to that value: a name after the layer that made it would no longer be true, so only that of an input, or of an earlier
   * sum, stays.
   */
  readonly isSum?: boolean;
}

export interface Surroundings {
  /** What is read at the end, by `return`. */
  readonly kept: readonly number[];
  /** Names that the code or the language uses: a local of this name would hide it. */
  readonly reserved: ReadonlySet<string>;
}

/** A name for every value that is read later. `inputs` are the arguments. */
export function nameValues(
  steps: readonly NamedStep[],
  inputs: ReadonlyMap<number, string>,
  surroundings: Surroundings,
): ReadonlyMap<number, string> {
  return new Naming(steps, inputs, surroundings).run();
}

class Naming {
  private readonly reserved: ReadonlySet<string>;
  private readonly names: Map<number, string>;
  private readonly lastRead: Map<number, number>;
  /** Values that are called after no layer: inputs, and sums on them. */
  private readonly streams: Set<number>;
  /** How many values that are read later have each name: they hand it on, so it may be two for a moment. */
  private readonly live = new Counter();

  constructor(
    private readonly steps: readonly NamedStep[],
    inputs: ReadonlyMap<number, string>,
    { kept, reserved }: Surroundings,
  ) {
    this.reserved = reserved;
    this.names = new Map(inputs);
    this.streams = new Set(inputs.keys());
    this.lastRead = new Map(steps.flatMap(({ reads }, i) => reads.map((key) => [key, i] as const)));
    for (const key of kept) this.lastRead.set(key, steps.length);
  }

  run(): ReadonlyMap<number, string> {
    const { steps, names, lastRead, live, streams } = this;
    const endingAt = groupBy(
      lastRead,
      ([, step]) => step,
      ([key]) => key,
    );
    for (const [key, name] of names) if (lastRead.has(key)) live.count(name, 1);
    for (const [i, step] of steps.entries()) {
      for (const key of endingAt.get(i) ?? []) if (names.has(key)) live.count(names.get(key)!, -1);
      const { changes, isSum = false } = step;
      const isStream = changes !== undefined && streams.has(changes);
      const stays = changes !== undefined && lastRead.get(changes) === i && (isStream || !isSum);
      const handed = stays ? names.get(changes) : undefined;
      for (const write of step.writes) {
        if (!lastRead.has(write.key)) continue;
        const name = this.choose(step, write, handed);
        names.set(write.key, name);
        if (isSum || (isStream && name === handed)) streams.add(write.key);
        live.count(name, 1);
      }
    }
    return names;
  }

  private choose({ writes }: NamedStep, { wish, output }: NamedStep['writes'][number], handed: string | undefined): string {
    const isFree = (name: string) => !this.live.has(name) && !this.reserved.has(name);
    if (output !== undefined && isFree(output)) return output;
    if (writes.length === 1 && handed !== undefined && isFree(handed)) return handed;
    if (isFree(wish)) return wish;
    const word = wish.replace(/\d+$/, '');
    for (let number = 2; ; number++) if (isFree(`${word}${number}`)) return `${word}${number}`;
  }
}

/** How often each item is there. */
class Counter {
  private readonly counts = new Map<string, number>();
  has(item: string): boolean {
    return (this.counts.get(item) ?? 0) > 0;
  }
  count(item: string, by: number): void {
    this.counts.set(item, (this.counts.get(item) ?? 0) + by);
  }
}
