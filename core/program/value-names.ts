/**
 * @file Names of the values in a forward pass, as a person would choose them. What leaves the class has the name of its output; a chain goes on
 * as `x`, beside which a branch is `h`; what lives side by side is named after what makes it. Names of inputs stay theirs.
 */
import { groupBy } from '../graph/graph-of.ts';

export interface NamedStep {
  /** Keys of the values that it reads, in port order. */
  readonly reads: readonly number[];
  readonly writes: readonly {
    readonly key: number;
    /** What it is called where it lives beside others. */
    readonly wish: string;
    /** The name of the output that it leaves by. */
    readonly output?: string | undefined;
  }[];
  /** It makes of one value another form of it, as `relu` does: the name may stay. */
  readonly isChange: boolean;
}

/** Names that say nothing but "the value": a chain may go on under them. */
const MAIN = 'x';
const BRANCH = 'h';
const CARRIERS: ReadonlySet<string> = new Set([MAIN, BRANCH]);

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
  /** How many values that are read later have each name: they hand it on, so it may be two for a moment. */
  private readonly live = new Counter();
  private others = 0;

  constructor(
    private readonly steps: readonly NamedStep[],
    private readonly inputs: ReadonlyMap<number, string>,
    { kept, reserved }: Surroundings,
  ) {
    this.reserved = reserved;
    this.names = new Map(inputs);
    this.lastRead = new Map(steps.flatMap(({ reads }, i) => reads.map((key) => [key, i] as const)));
    for (const key of kept) this.lastRead.set(key, steps.length);
  }

  run(): ReadonlyMap<number, string> {
    const { steps, names, lastRead } = this;
    const endingAt = groupBy(
      lastRead,
      ([, step]) => step,
      ([key]) => key,
    );
    for (const key of this.inputs.keys()) if (lastRead.has(key)) this.add(key);
    for (const [i, step] of steps.entries()) {
      for (const key of endingAt.get(i) ?? []) this.remove(key);
      const handed = step.reads.filter((key) => lastRead.get(key) === i).map((key) => this.handOn(key, step));
      for (const write of step.writes) {
        if (!lastRead.has(write.key)) continue;
        names.set(write.key, this.choose(i, step, write, handed));
        this.add(write.key);
      }
    }
    return names;
  }

  /** The name of a value that ends here, where it may go on: that of an input only if it says nothing. */
  private handOn(key: number, { isChange }: NamedStep): string | undefined {
    const name = this.names.get(key)!;
    return CARRIERS.has(name) || (isChange && !this.inputs.has(key)) ? name : undefined;
  }

  private choose(
    i: number,
    step: NamedStep,
    { key, wish, output }: NamedStep['writes'][number],
    handed: readonly (string | undefined)[],
  ): string {
    const isFree = (name: string) => !this.live.has(name) && !this.reserved.has(name);
    if (output !== undefined && isFree(output)) return output;
    if (step.writes.length > 1) return this.numbered(wish, isFree);
    const kept = handed.find((name) => name !== undefined && isFree(name));
    if (kept !== undefined && (step.isChange || this.others === 0)) return kept;
    if (this.others > 0 || step.reads.length === 0) return this.numbered(wish, isFree);
    if (isFree(MAIN)) return MAIN;
    // A value that the next step takes up, and no other, is on its way.
    const isPassing = this.lastRead.get(key) === i + 1;
    return isPassing && isFree(BRANCH) ? BRANCH : this.numbered(wish, isFree);
  }

  private numbered(wish: string, isFree: (name: string) => boolean): string {
    if (isFree(wish)) return wish;
    const word = wish.replace(/\d+$/, '');
    for (let number = 2; ; number++) if (isFree(`${word}${number}`)) return `${word}${number}`;
  }

  private add(key: number): void {
    this.count(key, 1);
  }

  private remove(key: number): void {
    if (this.names.has(key)) this.count(key, -1);
  }

  private count(key: number, by: number): void {
    const name = this.names.get(key)!;
    this.live.count(name, by);
    if (!this.inputs.has(key) && !CARRIERS.has(name)) this.others += by;
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
