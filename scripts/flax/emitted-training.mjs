/** @file Runs the emitted training scripts, and compares their losses and their last test with those of core. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { differences } from './compare.mjs';
import { loadEntry, runPython } from './python.mjs';

/** Twenty steps: rounding grows with each. */
const TOLERANCE = { rtol: 1e-3, atol: 1e-5 };
/** One of the 360 test rows of the digits may lie on the edge between two classes. */
const OF_ACCURACY = { rtol: 0, atol: 0.0028 };

/** Virtual ones, of the processor. */
const DEVICES = 8;

/** Templates whose training says what no other does: a loss of the input, an own stream of noise, Params that stay as they are. */
const TRAINED = ['tied-autoencoder', 'vae', 'lora-encoder'];

/** @param {string} root @param {string} python @param {'flax' | 'keras' | 'pytorch'} [target] @param {Record<string, string>} [env] @returns {Promise<{ name: string, found: string[] }[]>} */
export async function runEmittedTraining(root, python, target = 'flax', env = {}) {
  const isFlax = target === 'flax';
  const script = isFlax ? 'run_training.py' : `run_${target}_training.py`;
  const { emitTrainings } = await loadEntry(root, 'emit-training');
  const read = (/** @type {string} */ file) => readFileSync(path.join(root, 'assets', file), 'utf8');
  /** @type {any[]} */
  const trainings = await emitTrainings(
    { 'iris.csv': read('data/iris.csv'), 'digits.csv': read('data/digits.csv') },
    { digits: read('examples/digits.espalier'), ...Object.fromEntries(TRAINED.map((name) => [name, read(`templates/${name}.espalier`)])) },
    target,
  );
  const layOut = (/** @type {any} */ { name, steps, files, weights }, kind = isFlax ? 'training' : `training-${target}`) => {
    const folder = path.join(root, 'out/flax', kind, name.replaceAll(/\W+/g, '-'));
    mkdirSync(folder, { recursive: true });
    // What begins with a mark is written as UTF-16.
    for (const [file, text] of Object.entries(files))
      if (text.startsWith('base64,')) writeFileSync(path.join(folder, file), Buffer.from(text.slice(7), 'base64'));
      else writeFileSync(path.join(folder, file), text, text.startsWith('\ufeff') ? 'utf16le' : 'utf8');
    writeFileSync(path.join(folder, 'model.safetensors'), weights);
    return { folder, steps };
  };
  const compareAll = (/** @type {any[]} */ ran, /** @type {{ results: any[] } | { fault: string[] }} */ answer, suffix = '') => {
    if ('fault' in answer) return [{ name: `core/fixtures/${script}${suffix}`, found: answer.fault }];
    return ran.map((training, i) => compareOne(training, answer.results[i] ?? {}, suffix));
  };
  const compareOne = (
    /** @type {any} */ { name, losses, test, traced },
    /** @type {Record<string, any>} */ got,
    /** @type {string} */ suffix,
  ) => {
    const found =
      got['error'] === undefined
        ? [
            ...differences(got['losses'], losses, 'losses', TOLERANCE),
            ...differences(got['test']?.[0], test[0], 'test loss', TOLERANCE),
            ...differences(got['test']?.[1], test[1], 'test accuracy', OF_ACCURACY),
            ...(isFlax ? differences(got['traced'], traced, 'traced') : []),
            ...(isFlax
              ? differences(got['spread'], suffix === '' ? [] : [DEVICES, false, DEVICES, true], 'devices, and whether each has all')
              : []),
          ]
        : String(got['error']).trim().split('\n');
    return { name: `emitted training of ${name}${isFlax ? '' : ` (${target})`}${suffix}`, found };
  };
  const requests = trainings.map((each) => layOut(each));
  const results = compareAll(trainings, runPython(root, python, requests, script, env));
  const sharded = trainings.filter((each) => each.sharded !== undefined);
  if (sharded.length === 0) return results;
  const spread = sharded.map((each) => layOut({ ...each, files: { ...each.files, 'train.py': each.sharded } }, 'training-sharded'));
  return [
    ...results,
    ...compareAll(sharded, runPython(root, python, spread, script, { ...env, DEVICES: String(DEVICES) }), ` on ${DEVICES} devices`),
  ];
}
