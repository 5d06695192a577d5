/** @file Ratios that hold on a noisy machine: both contenders run in turn, and the median of the pairs counts. */

/** One side of a comparison. A repetition ends when its results have been read, so that queued GPU work counts. */
export interface Contender {
  readonly name: string;
  run(): unknown;
}

export interface Comparison {
  readonly firstMs: number;
  readonly secondMs: number;
  /** Time of the first over that of the second: the median over all rounds. */
  readonly ratio: number;
}

/** A line of the report. */
export interface Benchmark {
  readonly name: string;
  readonly backend: string;
  readonly measured: number;
  readonly limit: number;
  readonly sense: 'at most' | 'at least';
  readonly passed: boolean;
  /** What the numbers behind the ratio were. */
  readonly detail: string;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

interface Usage {
  readonly user: number;
  readonly system: number;
}
const node = (globalThis as { readonly process?: { readonly cpuUsage?: () => Usage } }).process;

/** In Node the time that the processor worked for us, which other programs on the machine do not lengthen; in a browser the clock. */
export function nowMs(): number {
  const used = node?.cpuUsage?.();
  return used ? (used.user + used.system) / 1000 : performance.now();
}

async function timeOf(contender: Contender): Promise<number> {
  const startedMs = nowMs();
  await contender.run();
  return nowMs() - startedMs;
}

/** Runs both in turn, the order swapped every round, so that neither always inherits the other's rubbish to collect. */
export async function compare(first: Contender, second: Contender, rounds: number, warmUps = 3): Promise<Comparison> {
  for (let i = 0; i < warmUps; i++) {
    await first.run();
    await second.run();
  }
  const firstMs: number[] = [];
  const secondMs: number[] = [];
  for (let i = 0; i < rounds; i++) {
    if (i % 2) secondMs.push(await timeOf(second));
    firstMs.push(await timeOf(first));
    if (!(i % 2)) secondMs.push(await timeOf(second));
  }
  return { firstMs: median(firstMs), secondMs: median(secondMs), ratio: median(firstMs.map((ms, i) => ms / secondMs[i]!)) };
}

export function result(
  name: string,
  backend: string,
  measured: number,
  sense: Benchmark['sense'],
  limit: number,
  detail: string,
): Benchmark {
  return { name, backend, measured, limit, sense, passed: sense === 'at most' ? measured <= limit : measured >= limit, detail };
}

export function milliseconds(ms: number): string {
  return `${ms.toPrecision(3)} ms`;
}
