/** @file All benchmarks on one backend, in Node or in a browser; `scripts/bench.mjs` bundles it, runs it and prints the report. */
import { startBackend } from '../run/backend.ts';
import type { BackendName } from '../run/protocol.ts';
import { benchDigitsStep } from './digits.ts';
import type { Benchmark } from './measure.ts';
import { benchGrowth, BLOCKS, compareWithFlax } from './modules.ts';
import { benchNormal } from './random.ts';
import { benchPerturbations, benchTrace } from './trace.ts';

type Bench = (backend: BackendName) => Promise<Benchmark | readonly Benchmark[]>;

/** What depends on the backend, and what is plain computing and measured once, in Node. */
const BENCHES: Readonly<Record<string, { readonly run: Bench; readonly only?: BackendName }>> = {
  'digits step': { run: benchDigitsStep },
  trace: { run: benchTrace },
  perturbations: { run: benchPerturbations },
  'modules growth': { run: benchGrowth, only: 'cpu' },
  normal: { run: benchNormal, only: 'cpu' },
};

/** Runs those whose name holds `filter`; tells each result as it comes. */
export async function runBenchmarks(backend: BackendName, filter: string, tell: (benchmark: Benchmark) => void): Promise<void> {
  await startBackend(backend);
  for (const [name, { run, only }] of Object.entries(BENCHES)) {
    if (!name.includes(filter) || (only && only !== backend)) continue;
    const results = await run(backend);
    for (const each of Array.isArray(results) ? (results as Benchmark[]) : [results as Benchmark]) tell(each);
  }
}

export { BLOCKS, compareWithFlax };
