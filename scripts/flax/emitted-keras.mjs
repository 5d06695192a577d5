/**
 * @file Runs the Keras code of every type, example, template, use of a member and of random models, with the weights that core saves, on a backend,
 * and compares what core computes: outputs, gradients, statistics.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { differences } from './compare.mjs';
import { loadEntry, runPython } from './python.mjs';

const RANDOM = { count: 15, seed: 20261128 };
/** Of the largest number of a tensor; what cancels leaves a rest. */
const TOLERANCE = { rtol: 1e-4, atol: 1e-5 };

/** @param {string} root @returns {Promise<{ cases: any[], refused: any[] }>} */
export async function emitKerasCases(root) {
  const { emitKeras } = await loadEntry(root, 'emit-keras');
  /** @type {Record<string, string>} */
  const texts = {};
  for (const folder of ['examples', 'templates'])
    for (const file of readdirSync(path.join(root, 'assets', folder)).filter((each) => each.endsWith('.espalier')))
      texts[`${folder}/${file}`] = readFileSync(path.join(root, 'assets', folder, file), 'utf8');
  const found = await emitKeras(texts, RANDOM);
  const folder = path.join(root, 'out/flax/keras');
  mkdirSync(folder, { recursive: true });
  for (const [i, each] of found.cases.entries()) {
    const stem = path.join(folder, `${each.name.replaceAll(/\W+/g, '_')}_${i}`);
    writeFileSync(`${stem}.py`, each.source);
    writeFileSync(`${stem}.safetensors`, Buffer.from(each.weights, 'base64'));
    each.stem = stem;
  }
  return found;
}

/**
 * What is expected but for the weights of layers that are never called, which Keras does not make: their gradient is 0, their statistics are as at
 * the start. @param {any} expected @param {any} got
 */
function withoutIdle(expected, got) {
  if (Array.isArray(expected)) return expected;
  const isIdle = (/** @type {string} */ name) =>
    !(name in (got ?? {})) && expected[name].data.every((/** @type {number} */ value) => value === 0 || value === 1);
  return Object.fromEntries(Object.entries(expected).filter(([name]) => !isIdle(name)));
}

/** @param {string} root @param {string} python @param {string} backend @param {any[]} cases @returns {{ name: string, found: string[] }[]} */
export function runKerasCases(root, python, backend, cases) {
  const requests = cases.map(({ stem, inputs, training, gradients }) => {
    return { module: `${stem}.py`, weights: `${stem}.safetensors`, inputs, training, gradients: gradients !== undefined };
  });
  const ran = runPython(root, python, requests, 'run_keras.py', { KERAS_BACKEND: backend });
  if ('fault' in ran) return [{ name: `core/fixtures/run_keras.py on ${backend}`, found: ran.fault }];
  return cases.map((each, i) => {
    const got = ran.results[i] ?? {};
    const found =
      got['error'] === undefined
        ? ['out', 'gradients', 'inputGradients', 'statistics'].flatMap((name) =>
            each[name] === undefined ? [] : differences(got[name], withoutIdle(each[name], got[name]), name, TOLERANCE),
          )
        : String(got['error']).trim().split('\n');
    return { name: `Keras on ${backend}: ${each.name} (${path.relative(root, each.stem)}.py)`, found };
  });
}

/** A Python that has Keras on TensorFlow: that of ESPALIER_TENSORFLOW_PYTHON, or the one at hand. @param {string} python @returns {string | null} */
export function findTensorFlow(python) {
  const candidate = process.env['ESPALIER_TENSORFLOW_PYTHON'] ?? python;
  return spawnSync(candidate, [
    '-c',
    'import importlib.util, sys; sys.exit(any(importlib.util.find_spec(m) is None for m in ("tensorflow", "keras", "safetensors")))',
  ]).status === 0
    ? candidate
    : null;
}
