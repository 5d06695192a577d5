/** @file Row: frames while a chain of 10,000 is panned, zoomed and dragged, against a bare React Flow page of the same, by the same gestures. */
import { chainDocuments, chainParameters } from '../documents.mjs';
import { openBarePage, openEditor, openInBarePage, openInEditor } from '../editor.mjs';
import { atMost, defineRow } from '../row.mjs';
import { median, milliseconds, quantile } from '../statistics.mjs';

const MEMBERS = 10_000;
const ROUNDS = 5;
const STEPS = 90;
const STEP_MS = 12;
const LIMIT = 1.1;

const pause = (page) => page.waitForTimeout(STEP_MS);

/** A free place on the canvas, and the title of a node. */
async function placesOf(page) {
  const pane = await page.locator('.react-flow__pane').boundingBox();
  const box = await page.locator('.react-flow__node[data-id="c1"]').boundingBox();
  return { free: { x: pane.x + 60, y: pane.y + pane.height - 60 }, node: { x: box.x + box.width / 2, y: box.y + 12 } };
}

/** There and back, so that each round starts where the last one did. */
async function sweep(page, from, far, button) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down({ button });
  for (let step = 1; step <= STEPS; step++) {
    const part = Math.sin((Math.PI * step) / STEPS);
    await page.mouse.move(from.x + far.x * part, from.y + far.y * part);
    await pause(page);
  }
  await page.mouse.up({ button });
}

const GESTURES = {
  pan: (page, { free }) => sweep(page, free, { x: 500, y: -400 }, 'middle'),
  async zoom(page, { free }) {
    await page.mouse.move(free.x + 300, free.y - 250);
    for (let step = 0; step < STEPS; step++) {
      await page.mouse.wheel(0, step < STEPS / 2 ? 12 : -12);
      await pause(page);
    }
  },
  drag: (page, { node }) => sweep(page, node, { x: 120, y: 160 }, 'left'),
};

async function framesOf(page, gesture) {
  await page.bringToFront();
  const places = await placesOf(page);
  await page.evaluate(() => globalThis.bench.recordFrames());
  await gesture(page, places);
  const frames = await page.evaluate(() => globalThis.bench.stopFrames());
  await page.waitForTimeout(300);
  return frames;
}

export const row = defineRow({
  about: 'pan, zoom and drag at 10,000: the 95th of 100 frames over that of a bare React Flow page',
  where: ['window'],
  async run(bench, where) {
    const text = (await chainDocuments(bench.bundle))(MEMBERS);
    const editor = await openEditor(bench);
    await openInEditor(editor, text, chainParameters(MEMBERS));
    const bare = await openBarePage(bench);
    await openInBarePage(bare, text);
    for (const [name, gesture] of Object.entries(GESTURES)) {
      const rounds = [];
      for (let round = 0; round < ROUNDS; round++) {
        const [ours, theirs] = [await framesOf(editor, gesture), await framesOf(bare, gesture)];
        rounds.push({ ours: quantile(ours, 0.95), theirs: quantile(theirs, 0.95), typical: [median(ours), median(theirs)] });
      }
      const [oursMs, theirsMs] = [median(rounds.map(({ ours }) => ours)), median(rounds.map(({ theirs }) => theirs))];
      const ratio = median(rounds.map(({ ours, theirs }) => ours / theirs));
      const typical = [0, 1].map((side) => milliseconds(median(rounds.map((each) => each.typical[side] ?? NaN)))).join(' and ');
      const detail = `p95 ${milliseconds(oursMs)} against ${milliseconds(theirsMs)}; medians ${typical}`;
      bench.tell(atMost(`${name} a chain of 10,000: p95 frame over a bare React Flow page`, where, ratio, LIMIT, detail));
    }
    await bare.close();
    await editor.close();
  },
});
