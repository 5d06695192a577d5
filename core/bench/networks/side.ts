/** @file One side of the comparison, in a page or process of its own: told what to prepare, then asked for times. */
import { type NetworkName, type Sizes, SIZES, type SizeName } from './sizes.ts';

/** Loss of one forward and backward pass; whoever takes the step disposes it. Gradients are made and disposed. */
export type Step = () => { data(): Promise<unknown>; dispose(): void };

interface Prepared {
  readonly step: Step;
  readonly dispose: () => void;
}

export interface Side {
  start(backend: 'cpu' | 'webgl'): Promise<void>;
  /** Makes the network, and frees the one before. */
  prepare(name: NetworkName, size: SizeName): void;
  /** Milliseconds of so many steps, until the last loss has been read. In Node of the processor, which other programs do not lengthen. */
  time(steps: number): Promise<number>;
}

interface Usage {
  readonly user: number;
  readonly system: number;
}
const node = (globalThis as { readonly process?: { readonly cpuUsage?: () => Usage } }).process;

function nowMs(): number {
  const used = node?.cpuUsage?.();
  return used ? (used.user + used.system) / 1000 : performance.now();
}

export function makeSide(start: Side['start'], make: (name: NetworkName, sizes: Sizes) => Prepared): Side {
  let prepared: Prepared | undefined;
  return {
    start,
    prepare(name, size) {
      prepared?.dispose();
      prepared = make(name, SIZES[size]);
    },
    async time(steps) {
      const { step } = prepared!;
      const startedMs = nowMs();
      for (let i = 1; i < steps; i++) step().dispose();
      const loss = step();
      await loss.data();
      loss.dispose();
      return nowMs() - startedMs;
    },
  };
}
