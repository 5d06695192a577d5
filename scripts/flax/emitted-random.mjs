/** @file Runs the Flax code of random models, and compares their outputs with what core computes from the same seed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { differences } from './compare.mjs';
import { loadEntry, runPython } from './python.mjs';

const COUNT = 30;
const SEED = 20261122;
/** Up to twelve layers deep, where core adds in another order than XLA. */
const TOLERANCE = { rtol: 1e-4, atol: 1e-5 };

/** @param {string} root @param {string} python @returns {Promise<{ name: string, found: string[] }[]>} */
export async function runEmittedRandom(root, python) {
  const { emitRandom } = await loadEntry(root, 'emit-random');
  const folder = path.join(root, 'out/flax/random');
  mkdirSync(folder, { recursive: true });
  /** @type {any[]} */
  const models = await emitRandom(COUNT, SEED);
  const requests = models.map(({ source, inputs }, i) => {
    const module = path.join(folder, `model_${i}.py`);
    writeFileSync(module, source);
    return { module, weights: 'seed', inputs };
  });
  const ran = runPython(root, python, requests);
  if ('fault' in ran) return [{ name: 'core/fixtures/run_emitted.py', found: ran.fault }];
  return models.map(({ out }, i) => {
    const got = ran.results[i] ?? {};
    const found = got['error'] === undefined ? differences(got['out'], out, 'out', TOLERANCE) : String(got['error']).trim().split('\n');
    return { name: `emitted random model ${i} (out/flax/random/model_${i}.py)`, found };
  });
}
