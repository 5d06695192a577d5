/** @file Row: from choosing a file to the first frame with shapes and the parameter count, against a bare React Flow page; and how it grows. */
import { chainDocuments, chainParameters, listOfLists, listParameters } from '../documents.mjs';
import { openBarePage, openEditor, openInBarePage, openInEditor } from '../editor.mjs';
import { atMost, defineRow } from '../row.mjs';
import { median, milliseconds } from '../statistics.mjs';

const ROUNDS = 5;
/** Of stages and of blocks in each: about 1,000, 10,000 and 100,000 Modules. */
const LISTS = [
  [10, 20],
  [20, 100],
  [100, 200],
];

/** @template T @param {Promise<import('playwright').Page>} opened @param {(page: import('playwright').Page) => Promise<T>} use */
async function onPage(opened, use) {
  const page = await opened;
  try {
    return await use(page);
  } finally {
    await page.close();
  }
}

export const row = defineRow({
  about: 'opening a chain of 10,000 members over a bare React Flow page; growth per member and per Module',
  where: ['window'],
  async run(bench, where) {
    const chain = await chainDocuments(bench.bundle);
    const [long, short] = [chain(10_000), chain(1000)];
    /** @type {Record<'long' | 'short' | 'bare' | 'bareFew', { ms: number, nodes: number, longestMs?: number }[]>} */
    const times = { long: [], short: [], bare: [], bareFew: [] };
    const lists = LISTS.map(() => /** @type {number[]} */ ([]));
    const inEditor = (text, parameters) => onPage(openEditor(bench), (page) => openInEditor(page, text, parameters));
    for (let round = 0; round < ROUNDS; round++) {
      times.long.push(await inEditor(long, chainParameters(10_000)));
      times.bare.push(await onPage(openBarePage(bench), (page) => openInBarePage(page, long)));
      times.short.push(await inEditor(short, chainParameters(1000)));
      times.bareFew.push(await onPage(openBarePage(bench), (page) => openInBarePage(page, chain(20))));
      for (const [at, [outer = 1, inner = 1]] of LISTS.entries())
        lists[at]?.push((await inEditor(listOfLists(outer, inner), listParameters(outer, inner))).ms);
    }
    const msOf = (runs) => median(runs.map(({ ms }) => ms));
    const [longMs, shortMs, bareMs] = [msOf(times.long), msOf(times.short), msOf(times.bare)];
    const longest = median(times.long.map(({ longestMs = NaN }) => longestMs));
    const few = `${milliseconds(msOf(times.bareFew))} if it is given only a screenful`;
    const drawn = `${times.long[0]?.nodes} and ${times.bare[0]?.nodes} nodes drawn`;
    const bare = `${milliseconds(longMs)} against ${milliseconds(bareMs)}, ${few}; ${drawn}; longest task ${longest} ms`;
    bench.tell(atMost('open a chain of 10,000 members over a bare React Flow page of the same', where, longMs / bareMs, 3, bare));
    const growth = `${milliseconds(longMs)} against ten times ${milliseconds(shortMs)}`;
    bench.tell(atMost('open a chain: growth per member from 1,000 to 10,000', where, longMs / (10 * shortMs), 1.3, growth));
    const [small = NaN, middle = NaN, large = NaN] = lists.map(median);
    const told = (ms, more) => `${milliseconds(more)} against ten times ${milliseconds(ms)}`;
    const name = (sizes) => `open a list of lists: growth per Module from ${sizes}`;
    bench.tell(atMost(name('1,000 to 10,000'), where, middle / (10 * small), 1.3, told(small, middle)));
    bench.tell(atMost(name('10,000 to 100,000'), where, large / (10 * middle), 1.3, told(middle, large)));
  },
});
