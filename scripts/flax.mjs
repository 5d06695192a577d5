/**
 * @file `npm run test:flax`: records real Flax's numbers anew and compares them with the committed ones, then runs the
 * emitted Flax code of every example. Where Python or its packages cannot be had, that is said, and counts as skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { differences } from './flax/compare.mjs';
import { emitKerasCases, findTensorFlow, runKerasCases } from './flax/emitted-keras.mjs';
import { runEmittedExamples } from './flax/emitted-examples.mjs';
import { parseEmittedHostile } from './flax/emitted-hostile.mjs';
import { findOnnx, runEmittedOnnx } from './flax/emitted-onnx.mjs';
import { findPyTorch, runEmittedPyTorch } from './flax/emitted-pytorch.mjs';
import { runEmittedRandom } from './flax/emitted-random.mjs';
import { runEmittedTemplates } from './flax/emitted-templates.mjs';
import { runEmittedTraining } from './flax/emitted-training.mjs';
import { runEmittedTypes } from './flax/emitted-types.mjs';
import { runEmittedUses } from './flax/emitted-uses.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const fixtures = path.join(root, 'core/fixtures');
const venv = path.join(fixtures, '.venv');
const python = path.join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

const counts = { passed: 0, failed: 0, skipped: 0 };

function finish() {
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exit(counts.failed > 0 ? 1 : 0);
}

/** @param {string} command @param {string[]} args */
function succeeds(command, args) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', cwd: fixtures });
  return { isGood: status === 0, reason: error?.message ?? stderr.trim().split('\n').at(-1) ?? '' };
}

/** Whether the environment holds exactly what requirements.txt pins. */
const CHECK = `
import importlib.metadata as m, re, sys
lines = [line.split('#')[0].strip() for line in open('requirements.txt')]
pins = [re.sub(r'\\[.*?\\]', '', line).split('==') for line in lines if line]
sys.exit(any(m.version(name) != version for name, version in pins))
`;

/** @returns {string | null} what is missing, or null once the environment is ready */
function prepareEnvironment() {
  if (!existsSync(python)) {
    const found = [process.env['PYTHON'], 'python3', 'python'].find((name) => name && succeeds(name, ['--version']).isGood);
    if (!found) return 'Python 3.11 or newer was not found (set PYTHON to its path)';
    console.log(`Making a Python environment in ${path.relative(root, venv)} …`);
    const made = succeeds(found, ['-m', 'venv', venv]);
    if (!made.isGood) return `Python cannot make a virtual environment (Debian: package python3-venv): ${made.reason}`;
  }
  if (succeeds(python, ['-c', CHECK]).isGood) return null;
  console.log('Installing core/fixtures/requirements.txt …');
  const installed = succeeds(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', 'requirements.txt']);
  return installed.isGood ? null : `the packages of core/fixtures/requirements.txt cannot be installed: ${installed.reason}`;
}

/** @param {string} name @param {string[]} found */
function report(name, found) {
  if (found.length === 0) counts.passed++;
  else {
    counts.failed++;
    console.log(`FAILED ${name}`);
    for (const line of found.slice(0, 5)) console.log(`  ${line}`);
    if (found.length > 5) console.log(`  … and ${found.length - 5} more`);
  }
}

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Case by case; a file or a case that only one side has is a difference. @param {string} fresh */
function compareRecordings(fresh) {
  const committed = path.join(fixtures, 'recorded');
  const names = new Set([...readdirSync(committed), ...readdirSync(fresh)]);
  for (const name of [...names].toSorted()) {
    const [old, now] = [committed, fresh].map((folder) => path.join(folder, name));
    if (!existsSync(old) || !existsSync(now))
      report(name, [existsSync(old) ? 'is no longer recorded' : 'was recorded, but is not committed']);
    else if (!name.endsWith('.json')) report(name, readFileSync(old).equals(readFileSync(now)) ? [] : ['the bytes differ']);
    else {
      const [before, after] = [readJson(old), readJson(now)];
      for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
        report(`${name} ${key}`, differences(after[key], before[key], key));
    }
  }
}

const missing = prepareEnvironment();
if (missing) {
  console.log(`SKIPPED the Flax numbers: ${missing}.`);
  counts.skipped++;
  finish();
}
const fresh = mkdtempSync(path.join(os.tmpdir(), 'espalier-flax-'));
try {
  console.log('Recording real Flax anew (a few minutes) …');
  const { status } = spawnSync(python, ['record.py', '--out', fresh, '--jobs', String(Math.min(4, os.availableParallelism()))], {
    cwd: fixtures,
    stdio: 'inherit',
  });
  if (status === 0) compareRecordings(fresh);
  else report('core/fixtures/record.py', [`ended with exit code ${status}`]);
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
console.log('Running the emitted examples …');
const emitted = await runEmittedExamples(root, python);
for (const { name, found } of emitted.results) report(name, found);
for (const file of emitted.skipped) {
  console.log(`SKIPPED emitted ${file}: core/fixtures/models.py has no model of its own to compare it with.`);
  counts.skipped++;
}
console.log('Running the emitted code of every layer and op …');
for (const { name, found } of await runEmittedTypes(root, python)) report(name, found);
console.log('Parsing the emitted code of documents with hostile texts …');
for (const { name, found } of await parseEmittedHostile(root, python)) report(name, found);
console.log('Running the emitted training scripts …');
for (const { name, found } of await runEmittedTraining(root, python)) report(name, found);
console.log('Running the emitted code of random models …');
for (const { name, found } of await runEmittedRandom(root, python)) report(name, found);
console.log('Running the emitted code that reads Variables and calls other methods …');
for (const { name, found } of await runEmittedUses(root, python)) report(name, found);
console.log('Running the emitted code of the templates …');
for (const { name, found } of await runEmittedTemplates(root, python)) report(name, found);
console.log('Running the emitted Keras code …');
const keras = await emitKerasCases(root);
for (const { name, found } of runKerasCases(root, python, 'jax', keras.cases)) report(name, found);
const tensorflow = findTensorFlow(python);
if (tensorflow) for (const { name, found } of runKerasCases(root, tensorflow, 'tensorflow', keras.cases)) report(name, found);
else {
  console.log(
    'SKIPPED the emitted Keras code on TensorFlow: there is none (set ESPALIER_TENSORFLOW_PYTHON to a Python with tensorflow and keras).',
  );
  counts.skipped++;
}
console.log('Running the training scripts of Keras …');
const backend = { KERAS_BACKEND: tensorflow ? 'tensorflow' : 'jax' };
for (const { name, found } of await runEmittedTraining(root, tensorflow ?? python, 'keras', backend)) report(name, found);
console.log(`Keras lacks what ${keras.refused.length} of the models ask for:`);
for (const { name, reasons } of keras.refused) console.log(`  ${name}: ${reasons[0]}`);
const torch = findPyTorch(root, python);
if ('missing' in torch) {
  console.log(`SKIPPED the emitted PyTorch code: ${torch.missing}.`);
  counts.skipped++;
} else {
  console.log('Running the emitted PyTorch code …');
  const { results, refused } = await runEmittedPyTorch(root, torch.python);
  for (const { name, found } of results) report(name, found);
  console.log('Running the training scripts of PyTorch …');
  for (const { name, found } of await runEmittedTraining(root, torch.python, 'pytorch')) report(name, found);
  console.log(`PyTorch lacks what ${refused.length} of the models ask for:`);
  for (const line of refused) console.log(`  ${line}`);
}
const onnx = findOnnx(python);
if ('missing' in onnx) {
  console.log(`SKIPPED the files of ONNX: ${onnx.missing}.`);
  counts.skipped++;
} else {
  console.log('Checking and running the files of ONNX …');
  for (const { name, found } of await runEmittedOnnx(root, onnx.python)) report(name, found);
}
finish();
