/** @file Forward and backward passes through core, over the same on TensorFlow.js as published with nothing of ours loaded. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../bundle.mjs';
import { startPage, startProcess } from './sides.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const NETWORKS = ['MLP', 'convolutional net', 'transformer block'];
const SIZES = ['small', 'realistic'];
const LIMIT = 1.05;
/** A round of one side takes about so long: short enough that both sides meet the same weather on the machine. */
const ROUND_MS = 60;
/** For one network in one size; the median of noisy pairs is known to a hundredth after so many. */
const BUDGET_MS = 10_000;
const MOST_ROUNDS = 101;

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2;
}

/**
 * Both in turn, the order swapped every round.
 * @param {import('./sides.mjs').RunningSide} core @param {import('./sides.mjs').RunningSide} published
 */
async function compare(core, published) {
  // The first steps compile; the last ones tell how many make a round.
  let stepMs = 0;
  for (const count of [1, 2, 3]) stepMs = Math.max(await core.ask('time', count), await published.ask('time', count)) / count;
  const steps = Math.max(1, Math.round(ROUND_MS / stepMs));
  const rounds = Math.min(MOST_ROUNDS, Math.max(7, Math.round(BUDGET_MS / (2 * steps * stepMs))));
  /** @type {[number, number][]} */
  const pairs = [];
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 ? published : core;
    const second = round % 2 ? core : published;
    const times = [(await first.ask('time', steps)) / steps, (await second.ask('time', steps)) / steps];
    pairs.push(round % 2 ? [times[1] ?? NaN, times[0] ?? NaN] : [times[0] ?? NaN, times[1] ?? NaN]);
  }
  return {
    coreMs: median(pairs.map(([ms]) => ms)),
    publishedMs: median(pairs.map(([, ms]) => ms)),
    ratio: median(pairs.map(([a, b]) => a / b)),
    rounds,
  };
}

/**
 * @param {'cpu' | 'webgl'} backend @param {string} out @param {import('playwright').Browser | null} browser for WebGL
 * @param {(benchmark: import('../../core/bench/measure.ts').Benchmark) => void} tell
 */
export async function benchNetworks(backend, out, browser, tell) {
  const platform = backend === 'cpu' ? 'node' : 'browser';
  const files = [];
  for (const name of ['through-core', 'published'])
    files.push(await bundle(path.join(root, `core/bench/networks/${name}.ts`), path.join(out, name), platform));
  const start = (/** @type {string} */ file) => (browser ? startPage(browser, file) : startProcess(file));
  const sides = [await start(files[0] ?? ''), await start(files[1] ?? '')];
  try {
    for (const side of sides) await side.ask('start', backend);
    for (const size of SIZES)
      for (const name of NETWORKS) {
        for (const side of sides) await side.ask('prepare', name, size);
        const [core, published] = sides;
        if (!core || !published) return;
        const { coreMs, publishedMs, ratio, rounds } = await compare(core, published);
        tell({
          name: `forward and backward of the ${name}, ${size}, over TensorFlow.js as published`,
          backend,
          measured: ratio,
          sense: 'at most',
          limit: LIMIT,
          passed: ratio <= LIMIT,
          detail: `${coreMs.toPrecision(3)} ms against ${publishedMs.toPrecision(3)} ms, ${rounds} rounds`,
        });
      }
  } finally {
    for (const side of sides) await side.close();
  }
}
