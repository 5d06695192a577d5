/**
 * @file Runs the Flax code that is emitted for every example document and compares it with the recording of the same model:
 * formula weights and the weights of its seed, train and eval; outputs, sowed values, perturbation gradients, parameters.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { differences } from './compare.mjs';
import { loadEntry, runPython } from './python.mjs';

/** Examples that are recorded as models of their own (core/fixtures/models.py). */
const RECORDED = { 'model.espalier': 'Model', 'block.espalier': 'Block', 'digits.espalier': 'Digits' };
const COMPARED = ['state', 'out', 'loss', 'sowed', 'perturb_grads', 'grad_params', 'state:BatchStat'];

/** @typedef {{ name: string, request: object, expected: Record<string, any> }} Run */

/** The labels of the recorded rows, found by their pixels, whatever the order. @param {string} root @param {{ shape: number[], data: number[] }} x */
function digitLabels(root, x) {
  const [rows = 0, pixels = 0] = x.shape;
  const lines = readFileSync(path.join(root, 'assets/data/digits.csv'), 'utf8').trim().split('\n').slice(1);
  const labelOf = new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(',')), Number(line.split(',').at(-1))]));
  const keyOf = (/** @type {number} */ row) =>
    x.data
      .slice(row * pixels, (row + 1) * pixels)
      .map((value) => value * 16)
      .join(',');
  return { shape: [rows], dtype: 'int32', data: Array.from({ length: rows }, (_, row) => labelOf.get(keyOf(row))) };
}

/** @param {string} root @param {string} file @param {string} module @param {Record<string, any>} models @returns {Run[]} */
function runsOf(root, file, module, models) {
  const known = RECORDED[/** @type {keyof typeof RECORDED} */ (file)];
  return ['auto', 'rngs0'].flatMap((weights) =>
    ['train', 'eval'].map((mode) => {
      const expected = models[`${known}.${weights}.${mode}`];
      const loss = known === 'Digits' ? { kind: 'crossEntropy', labels: digitLabels(root, expected.x) } : { kind: 'weighted' };
      const request = { module, weights: weights === 'auto' ? 'auto' : 'seed', mode, inputs: [expected.x], loss };
      return { name: `emitted ${file}, ${weights} ${mode}`, request, expected };
    }),
  );
}

/** @param {Record<string, any>} got @param {Run} run */
function differencesOf(got, { expected }) {
  if (got['error'] !== undefined) return String(got['error']).trim().split('\n');
  return COMPARED.flatMap((name) => differences(got[name], expected[name], name));
}

/**
 * What differs for each run, and the examples that have no recording.
 * @param {string} root @param {string} python
 * @returns {Promise<{ results: { name: string, found: string[] }[], skipped: string[] }>}
 */
export async function runEmittedExamples(root, python) {
  const examples = path.join(root, 'assets/examples');
  const all = readdirSync(examples).filter((file) => file.endsWith('.espalier'));
  const files = all.filter((file) => file in RECORDED).toSorted();
  const skipped = all.filter((file) => !files.includes(file));
  const { emitExample } = await loadEntry(root, 'emit-examples');
  const models = JSON.parse(readFileSync(path.join(root, 'core/fixtures/recorded/models.json'), 'utf8'));
  const folder = path.join(root, 'out/flax/examples');
  mkdirSync(folder, { recursive: true });
  const runs = files.flatMap((file) => {
    const module = path.join(folder, file.replace('.espalier', '.py'));
    writeFileSync(module, emitExample(readFileSync(path.join(examples, file), 'utf8')));
    return runsOf(root, file, module, models);
  });
  const ran = runPython(
    root,
    python,
    runs.map(({ request }) => request),
  );
  if ('fault' in ran) return { results: [{ name: 'core/fixtures/run_emitted.py', found: ran.fault }], skipped };
  return { results: runs.map((run, i) => ({ name: run.name, found: differencesOf(ran.results[i] ?? {}, run) })), skipped };
}
