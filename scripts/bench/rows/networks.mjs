/** @file Forward and backward passes through core, over the same on TensorFlow.js as published with nothing of ours loaded. */
import { atMost, defineRow } from '../row.mjs';
import { startPage, startProcess } from '../sides.mjs';
import { median, milliseconds } from '../statistics.mjs';

const NETWORKS = ['MLP', 'convolutional net', 'transformer block'];
const SIZES = ['small', 'realistic'];
const LIMIT = 1.05;
/** A round of one side takes about so long: short enough that both sides meet the same weather on the machine. */
const ROUND_MS = 60;
/** For one network in one size; the median of noisy pairs is known to a hundredth after so many. */
const BUDGET_MS = 10_000;
const MOST_ROUNDS = 101;

/**
 * Both in turn, the order swapped every round.
 * @param {import('../sides.mjs').RunningSide} core @param {import('../sides.mjs').RunningSide} published
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

export const row = defineRow({
  about: 'forward and backward passes through core, over TensorFlow.js as published',
  where: ['cpu', 'webgl'],
  async run({ bundle, browser, tell }, backend) {
    const start = async (/** @type {string} */ name) => {
      const file = await bundle(`core/bench/networks/${name}.ts`, backend === 'cpu' ? 'node' : 'browser');
      return backend === 'cpu' ? startProcess(file) : startPage(await browser(), file);
    };
    const sides = [await start('through-core'), await start('published')];
    try {
      for (const side of sides) await side.ask('start', backend);
      for (const size of SIZES)
        for (const name of NETWORKS) {
          for (const side of sides) await side.ask('prepare', name, size);
          const [core, published] = sides;
          if (!core || !published) return;
          const { coreMs, publishedMs, ratio, rounds } = await compare(core, published);
          const detail = `${milliseconds(coreMs)} against ${milliseconds(publishedMs)}, ${rounds} rounds`;
          tell(atMost(`forward and backward of the ${name}, ${size}, over TensorFlow.js as published`, backend, ratio, LIMIT, detail));
        }
    } finally {
      for (const side of sides) await side.close();
    }
  },
});
