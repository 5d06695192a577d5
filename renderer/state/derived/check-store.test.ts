import { expect, it } from 'vitest';
import { disconnect, moveNodes, setParam } from '../../../core/document/index.ts';
import { chain } from '../../../core/test/chain.ts';
import { createDocumentStore } from '../document/store.ts';
import { createCheckStore, LARGE_DOCUMENT } from './check-store.ts';
import { createDerived } from './derived.ts';

const place = { read: () => undefined, restore: () => undefined };

function open(length: number) {
  const document = createDocumentStore({ document: chain(length), place });
  const waiting: (() => void)[] = [];
  const derived = createDerived();
  const data = { subscribe: () => () => undefined };
  const checks = createCheckStore({ document, data, derived, later: (callback) => waiting.push(callback), now: () => 0 });
  return {
    document,
    derived,
    present: () => checks.getState().check,
    expected: () => derived.check(document.getState().document),
    edit: (outFeatures: number) => document.edit('Set', (each) => setParam(each, 'root', { member: 'm0' }, 'outFeatures', outFeatures)),
    /** The page has time: how many slices were asked for. */
    rest() {
      let slices = 0;
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        next();
        slices++;
      }
      return slices;
    },
  };
}

it('checks a small document with the edit', () => {
  const { edit, present, expected, rest } = open(10);
  edit(9);
  expect(present()).toBe(expected());
  expect(rest()).toBe(0);
});

it('checks a large document after the edit: with it come the first shapes, all else is answered as before until then', () => {
  const { edit, present, expected, rest } = open(LARGE_DOCUMENT + 10);
  const before = present();
  edit(9);
  const last = `c${LARGE_DOCUMENT + 9}`;
  expect(present().shapeOf('root', 'c0', 'y')?.shape).toEqual(['batch', 9]);
  expect(present().shapeOf('root', last, 'y')).toEqual(before.shapeOf('root', last, 'y'));
  expect(present().problems).toBe(before.problems);
  expect(present().parameters).toBe(before.parameters);
  expect(rest()).toBeGreaterThan(0);
  expect(present()).toBe(expected());
  expect(present().shapeOf('root', last, 'y')).toBeUndefined();
  expect(present().problems.map(({ place: { node } }) => node)).toEqual(['c1']);
});

it('checks a large document whose wires have changed when they are drawn', () => {
  const { document, present, expected, rest } = open(LARGE_DOCUMENT + 10);
  const before = present();
  document.edit('Cut', (each) => disconnect(each, 'root', ['w5']));
  expect(present()).toBe(before);
  expect(rest()).toBeGreaterThan(0);
  expect(present()).toBe(expected());
});

it('ends with the newest of several edits', () => {
  const { edit, present, expected, rest } = open(LARGE_DOCUMENT + 10);
  for (const width of [9, 10, 8]) edit(width);
  rest();
  expect(present()).toBe(expected());
  expect(present().isSound).toBe(true);
});

it('has no wait for a move or an undo', () => {
  const { document, edit, present, expected, rest } = open(LARGE_DOCUMENT + 10);
  const before = present();
  document.edit('Move', (each) => moveNodes(each, 'root', { c3: { x: 1, y: 2 } }));
  expect(present()).toBe(before);
  edit(9);
  rest();
  document.undo();
  expect(present()).toBe(before);
  expect(expected()).toBe(before);
});

it('checks another document at once, whatever was under way', () => {
  const { document, edit, present, rest } = open(LARGE_DOCUMENT + 10);
  edit(9);
  document.load(chain(LARGE_DOCUMENT + 20), null);
  const opened = present();
  expect(opened.isSound).toBe(true);
  rest();
  expect(present()).toBe(opened);
});
