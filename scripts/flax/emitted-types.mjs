/**
 * @file Runs the Flax code of every layer type and op type, as the examples of its descriptor use it, and compares what core
 * computes from the same weights and inputs: parameters, outputs, gradients, statistics.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { differences } from './compare.mjs';
import { loadEntry, runPython } from './python.mjs';

/** core adds in another order than XLA; gradients that cancel leave a rest of that size. */
const TOLERANCE = { rtol: 1e-5, atol: 2e-6 };
const GRADIENT_TOLERANCE = { rtol: 1e-4, atol: 1e-5 };

/** A part of a path that is a tuple, as SpectralNorm has them, is one text in core. @param {any} value @returns {any} */
function joinTuples(value) {
  if (!Array.isArray(value)) return value;
  return value.map((item) =>
    item?.path
      ? { ...item, path: item.path.map((/** @type {unknown} */ part) => (Array.isArray(part) ? part.join('/') : part)) }
      : joinTuples(item),
  );
}

/** @param {Record<string, any>} got @param {Record<string, any>} type */
function differencesOf(got, { ours }) {
  if (ours.error !== undefined) return [`core: ${ours.error}`];
  if (got['error'] !== undefined) return String(got['error']).trim().split('\n');
  return Object.keys(ours).flatMap((name) =>
    differences(ours[name], joinTuples(got[name]), name, name.startsWith('grad') ? GRADIENT_TOLERANCE : TOLERANCE),
  );
}

/** @param {string} root @param {string} python @returns {Promise<{ name: string, found: string[] }[]>} */
export async function runEmittedTypes(root, python) {
  const { emitTypes } = await loadEntry(root, 'emit-types');
  const folder = path.join(root, 'out/flax/types');
  mkdirSync(folder, { recursive: true });
  /** @type {any[]} */
  const types = await emitTypes();
  const requests = types.map(({ name, source, weights, inputs, hasGradients }) => {
    const module = path.join(folder, `${name.replaceAll(/\W+/g, '_')}.py`);
    writeFileSync(module, source);
    return { module, weights, inputs, ...(hasGradients ? { loss: { kind: 'weighted' } } : {}) };
  });
  const ran = runPython(root, python, requests);
  if ('fault' in ran) return [{ name: 'core/fixtures/run_emitted.py', found: ran.fault }];
  return types.map((type, i) => ({ name: `emitted ${type.name}`, found: differencesOf(ran.results[i] ?? {}, type) }));
}
