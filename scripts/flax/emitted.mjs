/**
 * @file Runs the Flax code that is emitted for every example and compares it with the recording of the same model:
 * formula weights and the weights of its seed, train and eval; outputs, sowed values, perturbation gradients, parameters.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { differences } from './compare.mjs';

/** Examples that are recorded as models of their own (core/fixtures/models.py); labels are those of the data set. */
const RECORDED = { 'model.espalier': 'Model', 'block.espalier': 'Block', 'digits.espalier': 'Digits' };
const COMPARED = ['state', 'out', 'loss', 'sowed', 'perturb_grads', 'grad_params', 'state:BatchStat'];

/** @typedef {{ name: string, request: object, expected: Record<string, any> | null }} Run */

/** The emitter, built for Node from core. @param {string} root @returns {Promise<(text: string) => string>} */
async function loadEmitter(root) {
  const outDir = path.join(root, 'out/flax');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { ssr: path.join(root, 'core/fixtures/emit-examples.ts'), outDir, emptyOutDir: false, target: 'node20' },
    ssr: { noExternal: true },
  });
  const { emitExample } = await import(pathToFileURL(path.join(outDir, 'emit-examples.js')).href);
  return emitExample;
}

/** The first labels of the digits, as many as the recording has rows. @param {string} root @param {number} rows */
function digitLabels(root, rows) {
  const lines = readFileSync(path.join(root, 'assets/data/digits.csv'), 'utf8')
    .split('\n')
    .slice(1, 1 + rows);
  return { shape: [rows], dtype: 'int32', data: lines.map((line) => Number(line.split(',').at(-1))) };
}

/** @param {string} root @param {string} file @param {string} module @param {Record<string, any>} models @returns {Run[]} */
function runsOf(root, file, module, models) {
  const known = RECORDED[/** @type {keyof typeof RECORDED} */ (file)];
  return ['auto', 'rngs0'].flatMap((weights) =>
    ['train', 'eval'].map((mode) => {
      const expected = models[`${known}.${weights}.${mode}`];
      const loss = known === 'Digits' ? { kind: 'crossEntropy', labels: digitLabels(root, expected.x.shape[0]) } : { kind: 'weighted' };
      const request = { module, weights: weights === 'auto' ? 'auto' : 'seed', mode, inputs: [expected.x], loss };
      return { name: `emitted ${file}, ${weights} ${mode}`, request, expected };
    }),
  );
}

/** @param {Record<string, any>} got @param {Run} run */
function differencesOf(got, { expected }) {
  if (got['error'] !== undefined) return String(got['error']).trim().split('\n');
  return COMPARED.flatMap((name) => differences(got[name], expected?.[name], name));
}

/**
 * @param {string} root @param {string} python
 * @returns {Promise<{ results: { name: string, found: string[] }[], skipped: string[] }>} what differs for each run, and the examples that have no recording
 */
export async function runEmitted(root, python) {
  const examples = path.join(root, 'assets/examples');
  const all = readdirSync(examples).filter((file) => file.endsWith('.espalier'));
  const files = all.filter((file) => file in RECORDED).toSorted();
  const skipped = all.filter((file) => !files.includes(file));
  const emitExample = await loadEmitter(root);
  const models = JSON.parse(readFileSync(path.join(root, 'core/fixtures/recorded/models.json'), 'utf8'));
  const folder = path.join(root, 'out/flax');
  mkdirSync(folder, { recursive: true });
  const runs = files.flatMap((file) => {
    const module = path.join(folder, file.replace('.espalier', '.py'));
    writeFileSync(module, emitExample(readFileSync(path.join(examples, file), 'utf8')));
    return runsOf(root, file, module, models);
  });
  const { stdout, stderr, status } = spawnSync(python, ['-W', 'ignore', 'run_emitted.py'], {
    cwd: path.join(root, 'core/fixtures'),
    input: JSON.stringify(runs.map(({ request }) => request)),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) return { results: [{ name: 'core/fixtures/run_emitted.py', found: stderr.trim().split('\n').slice(-5) }], skipped };
  const got = JSON.parse(stdout);
  return { results: runs.map((run, i) => ({ name: run.name, found: differencesOf(got[i], run) })), skipped };
}
