/** @file A row of the bench, what it may ask for, and how what it measured is told. One file per row in `rows/`: the list of them follows. */
import { pathToFileURL } from 'node:url';
import { openPage } from './page.mjs';

/** @typedef {import('../../core/bench/measure.ts').Benchmark} Benchmark */
/** @typedef {'cpu' | 'webgl' | 'window'} Where in Node, on WebGL in a page, or in the built editor */

/**
 * @typedef {object} Bench
 * @property {string} out a folder for what is built
 * @property {(benchmark: Benchmark) => void} tell
 * @property {() => Promise<import('playwright').Browser>} browser the one that rows share
 * @property {() => Promise<import('playwright').Browser>} newBrowser one in which nothing has been compiled; whoever asks closes it
 * @property {() => Promise<string>} app the address of the built editor
 * @property {(entry: string, platform: 'node' | 'browser') => Promise<string>} bundle path of one file; of a path from the root
 */

/**
 * @typedef {object} Row
 * @property {string} about what it measures, in words
 * @property {readonly Where[]} where
 * @property {(bench: Bench, where: Where) => Promise<void>} run
 */

/** @param {Row} row */
export const defineRow = (row) => row;

/**
 * A part of `core/bench/main.ts`.
 * @param {import('../../core/bench/main.ts').PartName} part @param {string} about @param {readonly ('cpu' | 'webgl')[]} where
 */
export function coreRow(part, about, where) {
  return defineRow({
    about,
    where,
    async run({ bundle, browser, tell }, backend) {
      const file = await bundle('core/bench/main.ts', backend === 'cpu' ? 'node' : 'browser');
      for (const each of backend === 'cpu' ? await inNode(file, part) : await inPage(await browser(), file, part)) tell(each);
    },
  });
}

/** @param {string} file @param {string} part @returns {Promise<Benchmark[]>} */
async function inNode(file, part) {
  const { runPart } = await import(pathToFileURL(file).href);
  return runPart(part, 'cpu');
}

/** @param {import('playwright').Browser} browser @param {string} file @param {string} part @returns {Promise<Benchmark[]>} */
async function inPage(browser, file, part) {
  const page = await openPage(browser, { file });
  try {
    return await page.evaluate(async (part) => {
      const { runPart } = await import(/* @vite-ignore */ `${location.origin}/bench.mjs`);
      return runPart(part, 'webgl');
    }, part);
  } finally {
    await page.close();
  }
}

/**
 * What was measured, as a line of the report.
 * @param {string} name @param {Where} backend @param {number} measured @param {number} limit at most so much @param {string} detail both sides
 * @returns {Benchmark}
 */
export function atMost(name, backend, measured, limit, detail) {
  return { name, backend, measured, sense: 'at most', limit, passed: measured <= limit, detail };
}
