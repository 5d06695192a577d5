/** @file Row: one edit in a class of 10,000, from the key to the frame that shows it, and the longest task until all is told. */
import { chainDocuments, chainParameters } from '../documents.mjs';
import { openEditor, openInEditor } from '../editor.mjs';
import { atMost, defineRow } from '../row.mjs';
import { median, milliseconds } from '../statistics.mjs';

const MEMBERS = 10_000;
const ROUNDS = 7;
const LIMIT_MS = 50;

/** Each: what is done before, the key, what the repainted frame shows, and what the status says when all has been inferred anew. */
const EDITS = [
  {
    name: 'parameter',
    async prepare(page) {
      await node(page, 'layer0').click();
      await page.getByRole('region', { name: 'Inspector' }).getByRole('textbox', { name: 'outFeatures', exact: true }).fill('16');
    },
    key: 'Enter',
    shown: () => [...document.querySelectorAll('.wire-shape')].some((each) => each.textContent === '(batch, 16)'),
    settled: '[1-9] problem',
  },
  {
    name: 'undo of a parameter',
    // Out of the field, where Ctrl+Z is the field's own.
    prepare: (page) => node(page, 'layer0').click(),
    key: 'Control+z',
    shown: () => ![...document.querySelectorAll('.wire-shape')].some((each) => each.textContent === '(batch, 16)'),
    settled: 'No problems',
  },
  {
    name: 'move',
    prepare: (page) => node(page, 'layer1').click(),
    key: 'Alt+ArrowDown',
    shown: () => globalThis.bench.isMoved(),
    settled: 'No problems',
  },
  {
    name: 'undo of a move',
    prepare: () => undefined,
    key: 'Control+z',
    shown: () => globalThis.bench.isMoved(),
    settled: 'No problems',
  },
  {
    name: 'wire',
    prepare: (page) => page.locator('.wire-shape').first().dispatchEvent('click'),
    key: 'Delete',
    shown: () => globalThis.bench.hasOtherWires(),
    settled: '[1-9] problem',
  },
  {
    name: 'undo of a wire',
    prepare: () => undefined,
    key: 'Control+z',
    shown: () => globalThis.bench.hasOtherWires(),
    settled: 'No problems',
  },
];

const node = (page, name) => page.getByRole('group', { name: new RegExp(`^${name},`) });

/** Installed once: what the frame before the edit showed. */
function installLooks() {
  const { bench } = globalThis;
  const place = () => document.querySelector('.react-flow__node[data-id="c1"]')?.style.transform;
  const wires = () => document.querySelectorAll('.react-flow__edge').length;
  let before = { place: place(), wires: wires() };
  bench.look = () => (before = { place: place(), wires: wires() });
  bench.isMoved = () => place() !== before.place;
  bench.hasOtherWires = () => wires() !== before.wires;
}

async function timeOf(page, { name, prepare, key, shown, settled }) {
  await prepare(page);
  await page.waitForTimeout(400);
  await page.evaluate(() => {
    globalThis.bench.look();
    globalThis.bench.armKey();
  });
  const told = page.evaluate(
    async ([shown, settled]) => {
      const { bench } = globalThis;
      const status = () => document.querySelector('footer[aria-label="Status"]')?.textContent ?? '';
      const isShown = new Function(`return (${shown})()`);
      const ms = await bench.until(isShown, 20_000);
      const settledMs = await bench.until(() => new RegExp(settled).test(status()), 20_000);
      return { ms, settledMs, longestMs: await bench.longestTask() };
    },
    [String(shown), settled],
  );
  await page.keyboard.press(key);
  return told.catch(async (error) => {
    throw new Error(`${name}: ${error.message}; the status says ${await page.locator('footer').innerText()}`);
  });
}

export const row = defineRow({
  about: 'one edit in a class of 10,000: from key to repainted frame',
  where: ['window'],
  async run(bench, where) {
    const chain = await chainDocuments(bench.bundle);
    const page = await openEditor(bench);
    await openInEditor(page, chain(MEMBERS), chainParameters(MEMBERS));
    await page.evaluate(installLooks);
    const times = EDITS.map(() => []);
    for (let round = 0; round < ROUNDS; round++) for (const [at, edit] of EDITS.entries()) times[at].push(await timeOf(page, edit));
    await page.close();
    for (const [at, { name }] of EDITS.entries()) {
      // On a machine that does other things as well, the least says what the edit costs.
      const of = (part) => times[at].map((each) => each[part]).toSorted((a, b) => a - b);
      const [shown, tasks] = [of('ms'), of('longestMs')];
      const told = `the least of ${ROUNDS}, median ${milliseconds(median(shown))}; all inferred and told after ${milliseconds(of('settledMs')[0])}`;
      bench.tell(atMost(`${name} in a class of 10,000: key to repainted frame, in ms`, where, shown[0], LIMIT_MS, told));
      const longest = `the least of ${ROUNDS}, median ${median(tasks)} ms; 0 where none took 50 ms`;
      bench.tell(atMost(`${name} in a class of 10,000: longest task, in ms`, where, tasks[0], LIMIT_MS, longest));
    }
  },
});
