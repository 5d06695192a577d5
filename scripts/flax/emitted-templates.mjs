/** @file Runs the Flax code of every template, and compares its outputs with what core computes from the same seed. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { differences } from './compare.mjs';
import { loadEntry, runPython } from './python.mjs';

/** Eighteen layers deep, where core adds in another order than XLA. */
const TOLERANCE = { rtol: 1e-4, atol: 1e-5 };

/** @param {string} root @param {string} python @returns {Promise<{ name: string, found: string[] }[]>} */
export async function runEmittedTemplates(root, python) {
  const templates = path.join(root, 'assets/templates');
  const { emitTemplate } = await loadEntry(root, 'emit-templates');
  const folder = path.join(root, 'out/flax/templates');
  mkdirSync(folder, { recursive: true });
  /** @type {{ file: string, out: any, request: object }[]} */
  const runs = [];
  for (const file of readdirSync(templates).filter((each) => each.endsWith('.espalier'))) {
    const { source, inputs, out } = await emitTemplate(readFileSync(path.join(templates, file), 'utf8'));
    const module = path.join(folder, `${file.replace('.espalier', '').replaceAll('-', '_')}.py`);
    writeFileSync(module, source);
    runs.push({ file, out, request: { module, weights: 'seed', inputs } });
  }
  const ran = runPython(
    root,
    python,
    runs.map(({ request }) => request),
  );
  if ('fault' in ran) return [{ name: 'core/fixtures/run_emitted.py', found: ran.fault }];
  return runs.map(({ file, out }, i) => {
    const got = ran.results[i] ?? {};
    const found = got['error'] === undefined ? differences(got['out'], out, 'out', TOLERANCE) : String(got['error']).trim().split('\n');
    return { name: `emitted template ${file}`, found };
  });
}
