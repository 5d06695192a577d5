/** @file Files of ONNX of the examples and templates, checked by the package onnx and run by ONNX Runtime in Python, where both are installed. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { loadEntry, runPython } from './python.mjs';

/** The first Python that has both packages. @param {string} python that of the Flax numbers @returns {{ python: string } | { missing: string }} */
export function findOnnx(python) {
  const found = [process.env['PYTHON'], python, 'python3'].find(
    (name) => name && spawnSync(name, ['-c', 'import onnx, onnxruntime, numpy'], { encoding: 'utf8' }).status === 0,
  );
  return found ? { python: found } : { missing: 'no Python here has the packages onnx and onnxruntime (pip install onnx onnxruntime)' };
}

/** @param {string} root @param {string} python @returns {Promise<{ name: string, found: string[] }[]>} */
export async function runEmittedOnnx(root, python) {
  const { emitOnnx } = await loadEntry(root, 'emit-onnx');
  const folders = ['assets/examples', 'assets/templates'];
  const files = folders.flatMap((folder) => readdirSync(path.join(root, folder)).map((file) => path.join(folder, file)));
  const documents = files
    .filter((file) => file.endsWith('.espalier'))
    .map((file) => [path.relative('assets', file), readFileSync(path.join(root, file), 'utf8')]);
  /** @type {{ name: string }[]} */
  const cases = await emitOnnx(Object.fromEntries(documents), (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString('base64'));
  const ran = runPython(root, python, cases, 'run_onnx.py');
  if ('fault' in ran) return [{ name: 'core/fixtures/run_onnx.py', found: ran.fault }];
  return cases.map(({ name }, i) => ({ name: `ONNX, ${name}`, found: ran.results[i] ?? ['was not run'] }));
}
