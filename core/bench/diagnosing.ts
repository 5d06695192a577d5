/** @file What asking for diagnoses costs: a run with them against the same run without, building and statistics included. */
import digitsCsv from '../../assets/data/digits.csv?raw';
import type { ModelDocument } from '../document/schema.ts';
import { createEngine } from '../run/engine.ts';
import { isInterim, type BackendName } from '../run/protocol.ts';
import { convNet, mlp, transformerBlock } from './documents.ts';
import { type Benchmark, compare, milliseconds, result } from './measure.ts';
import { digitsDocument } from './trace.ts';

/** Of a run: at most a tenth more. */
const LIMIT = 1.1;
const ROUNDS = 9;
const ASSETS = { 'digits.csv': digitsCsv };

const NETWORKS: Readonly<Record<string, ModelDocument>> = {
  'example of the digits': digitsDocument(),
  'MLP of 128, 256, 128 and 10 features': mlp([128, 256, 128, 10], 64),
  '40 layers of 64 features': mlp(
    Array.from({ length: 21 }, () => 64),
    64,
  ),
  'convolutional net on 14 by 14': convNet(14, [8, 16], 16),
  'transformer block of 32 by 64': transformerBlock(32, 64, 8),
};

/** A run by way of the engine; the values of the one before are let go. */
function runner(name: string, document: ModelDocument, backend: BackendName, diagnose: boolean) {
  let id = 1;
  let done: (() => void) | undefined;
  let fail: ((error: Error) => void) | undefined;
  const engine = createEngine({
    post(answer) {
      if (answer.kind === 'failed') fail?.(new Error(answer.problem.message));
      else if (!isInterim(answer)) done?.();
    },
    pause: () => Promise.resolve(),
    backend,
  });
  const send = (request: object): Promise<void> =>
    new Promise((resolve, reject) => {
      [done, fail] = [resolve, reject];
      engine.handle({ id: ++id, ...request } as never);
    });
  return {
    name,
    dispose: () => engine.dispose(),
    async run() {
      const before = id;
      await send({ kind: 'run', document, assets: ASSETS, diagnose });
      if (before > 1) await send({ kind: 'forget', runs: [id - 2] });
    },
  };
}

export async function benchDiagnosing(backend: BackendName): Promise<Benchmark[]> {
  const results: Benchmark[] = [];
  for (const [name, document] of Object.entries(NETWORKS)) {
    const [asked, plain] = [runner('diagnosed', document, backend, true), runner('run', document, backend, false)];
    const { firstMs, secondMs, ratio } = await compare(asked, plain, ROUNDS);
    asked.dispose();
    plain.dispose();
    const detail = `${milliseconds(firstMs)} against ${milliseconds(secondMs)}`;
    results.push(result(`run and diagnose over run: ${name}`, backend, ratio, 'at most', LIMIT, detail));
  }
  return results;
}
