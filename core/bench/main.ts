/** @file What core measures of itself on one backend, in Node or in a browser; the rows in `scripts/bench/rows` name the parts. */
import { startBackend } from '../run/backend.ts';
import type { BackendName } from '../run/protocol.ts';
import { benchDescribe } from './describe.ts';
import { benchDiagnosing } from './diagnosing.ts';
import { benchDigitsStep } from './digits.ts';
import { benchGrowthOfText } from './growth.ts';
import type { Benchmark } from './measure.ts';
import { benchGrowth, BLOCKS, compareWithFlax } from './modules.ts';
import { benchNormal } from './random.ts';
import { benchSummaries } from './summaries.ts';
import { benchPerturbations, benchTrace } from './trace.ts';

type Bench = (backend: BackendName) => Promise<Benchmark | readonly Benchmark[]>;

const BENCHES = {
  'digits step': benchDigitsStep,
  trace: benchTrace,
  perturbations: benchPerturbations,
  modules: benchGrowth,
  normal: benchNormal,
  describe: benchDescribe,
  summaries: benchSummaries,
  diagnosing: benchDiagnosing,
  growth: benchGrowthOfText,
} as const satisfies Readonly<Record<string, Bench>>;

export type PartName = keyof typeof BENCHES;

export async function runPart(part: PartName, backend: BackendName): Promise<readonly Benchmark[]> {
  await startBackend(backend);
  return [await BENCHES[part](backend)].flat();
}

export { BLOCKS, compareWithFlax };
