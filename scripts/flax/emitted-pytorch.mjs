/**
 * @file Runs the PyTorch code of every type, example and template and of random models with the weights that core saves, and compares outputs,
 * parameter gradients and statistics with what core computes. Where there is no PyTorch, that is said.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { differences } from './compare.mjs';
import { loadEntry, runPython } from './python.mjs';

const COUNT = 30;
const SEED = 20261122;
/** Of the largest number of a tensor; what cancels leaves a rest. */
const TOLERANCE = { rtol: 1e-4, atol: 1e-5 };
/** Eighteen layers back, and of biases before a BatchNorm, whose gradients are nothing but rounding. */
const OF_GRADIENTS = { rtol: 3e-4, atol: 3e-5 };

/** @param {string} root @param {string} folder */
function documentsIn(root, folder) {
  const files = readdirSync(path.join(root, folder)).filter((file) => file.endsWith('.espalier'));
  return Object.fromEntries(files.map((file) => [`${path.basename(folder)}/${file}`, readFileSync(path.join(root, folder, file), 'utf8')]));
}

/** Tensors whose axes PyTorch keeps as one, in the form that they have here. @param {any} now @param {any} old @returns {any} */
function inFormOf(now, old) {
  if (typeof now !== 'object' || now === null || typeof old !== 'object') return now;
  if ('data' in now && 'data' in old)
    return now.data.length === old.data.length && old.dtype === 'float32' ? { ...now, shape: old.shape } : now;
  return Object.fromEntries(Object.entries(now).map(([name, value]) => [name, inFormOf(value, old[name])]));
}

/** @param {Record<string, any>} got @param {any} each @returns {string[]} */
function differencesOf(got, { ours }) {
  if (ours.error !== undefined) return [`core: ${ours.error}`];
  if (got['error'] !== undefined) return String(got['error']).trim().split('\n');
  return Object.keys(ours).flatMap((name) =>
    // Outputs keep their shapes.
    differences(
      name === 'gradients' ? inFormOf(got[name], ours[name]) : got[name],
      ours[name],
      name,
      name === 'gradients' ? OF_GRADIENTS : TOLERANCE,
    ),
  );
}

/** @param {string} root @param {string} python @returns {Promise<{ results: { name: string, found: string[] }[], refused: string[] }>} */
export async function runEmittedPyTorch(root, python) {
  const { emitCases } = await loadEntry(root, 'emit-cases');
  const folder = path.join(root, 'out/flax/pytorch');
  mkdirSync(folder, { recursive: true });
  /** @type {any[]} */
  const all = await emitCases('pytorch', {
    documents: { ...documentsIn(root, 'assets/examples'), ...documentsIn(root, 'assets/templates') },
    count: COUNT,
    seed: SEED,
  });
  const refused = all.filter((each) => each.refused).map(({ name, refused: [{ subject, reason }] }) => `${name}: ${subject}: ${reason}`);
  const cases = all.filter((each) => each.source);
  const requests = cases.map(({ name, source, weights, inputs, mode, weighted }, i) => {
    const stem = path.join(folder, `m${i}_${name.replaceAll(/\W+/g, '_')}`);
    writeFileSync(`${stem}.py`, source);
    const hasLoader = source.includes('def load_flax_weights');
    if (hasLoader) writeFileSync(`${stem}.safetensors`, weights);
    return { module: `${stem}.py`, inputs, mode, weighted, ...(hasLoader ? { weights: `${stem}.safetensors` } : {}) };
  });
  const ran = runPython(root, python, requests, 'run_pytorch.py');
  if ('fault' in ran) return { results: [{ name: 'core/fixtures/run_pytorch.py', found: ran.fault }], refused };
  return {
    results: cases.map((each, i) => ({ name: `PyTorch, ${each.name}`, found: differencesOf(ran.results[i] ?? {}, each) })),
    refused,
  };
}

/** What is installed beside each other; PyTorch alone is large. */
const PACKAGES = ['torch==2.13.0', 'numpy', 'safetensors'];

/** @param {string} python @param {string[]} args @param {number} [timeout] */
const run = (python, args, timeout = 300_000) => spawnSync(python, args, { encoding: 'utf8', timeout, maxBuffer: 1 << 28 });

/** @param {string} python */
const hasTorch = (python) => run(python, ['-c', 'import torch, safetensors'], 60_000).status === 0;

/** Whether pip would take PyTorch without what only graphics cards need: gigabytes. @param {string} python */
function takesSmallBuild(python) {
  const options = ['--dry-run', '--ignore-installed', '--no-deps', '--quiet', '--disable-pip-version-check', '--report', '-'];
  const { status, stdout } = run(python, ['-m', 'pip', 'install', ...options, PACKAGES[0] ?? ''], 60_000);
  if (status !== 0) return false;
  const found = JSON.parse(stdout.slice(stdout.indexOf('{'))).install?.[0];
  return Boolean(found?.download_info.url.startsWith('file:') || found?.metadata.version.includes('+cpu'));
}

/**
 * A Python that has PyTorch: that of ESPALIER_TORCH_PYTHON, or one of its own where pip has a build without the parts for graphics cards.
 * @param {string} root @param {string} python whose pip is asked @returns {{ python: string } | { missing: string }}
 */
export function findPyTorch(root, python) {
  const given = process.env['ESPALIER_TORCH_PYTHON'];
  if (given) return hasTorch(given) ? { python: given } : { missing: 'the Python of ESPALIER_TORCH_PYTHON has no torch and safetensors' };
  const venv = path.join(root, 'core/fixtures/torch/.venv');
  const own = path.join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (hasTorch(own)) return { python: own };
  if (!takesSmallBuild(python))
    return {
      missing: 'pip has no build of torch for the CPU alone (set ESPALIER_TORCH_PYTHON to a Python that has torch and safetensors)',
    };
  const made = run(python, ['-m', 'venv', venv]).status === 0;
  const installed = made && run(own, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES]).status === 0;
  return installed ? { python: own } : { missing: 'torch could not be installed' };
}
