/** @file Runs the Flax code of models that read a Variable or call another method, and compares outputs and the summed gradients. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { differences } from './compare.mjs';
import { loadEntry, runPython } from './python.mjs';

/** @param {string} root @param {string} python @returns {Promise<{ name: string, found: string[] }[]>} */
export async function runEmittedUses(root, python) {
  const { emitUses } = await loadEntry(root, 'emit-uses');
  const folder = path.join(root, 'out/flax/uses');
  mkdirSync(folder, { recursive: true });
  /** @type {any[]} */
  const models = await emitUses();
  const requests = models.map(({ name, source, inputs }) => {
    const module = path.join(folder, `${name}.py`);
    writeFileSync(module, source);
    return { module, weights: 'seed', inputs, loss: { kind: 'sum' } };
  });
  const ran = runPython(root, python, requests);
  if ('fault' in ran) return [{ name: 'core/fixtures/run_emitted.py', found: ran.fault }];
  return models.map(({ name, out, loss, gradients }, i) => {
    const got = ran.results[i] ?? {};
    const found =
      got['error'] === undefined
        ? [
            ...differences(got['out'], out, 'out'),
            ...differences(got['loss'], loss, 'loss'),
            ...differences(got['grad_params'], gradients, 'gradients'),
          ]
        : String(got['error']).trim().split('\n');
    return { name: `emitted use of a member: ${name}`, found };
  });
}
