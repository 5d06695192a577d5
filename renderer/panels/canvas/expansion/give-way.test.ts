import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GiveWay, type Grown } from './give-way.ts';

const folded = { width: 184, height: 48 };
const grown: Grown = { id: 'n1', at: { x: 200, y: 100 }, folded, drawn: { width: 700, height: 300 } };

it('moves on what lies behind, moves aside what lies beside, and leaves the rest', () => {
  const way = new GiveWay([grown], 'right');
  const drawn = [
    { x: 0, y: 100 },
    { x: 400, y: 0 },
    { x: 200, y: 160 },
    { x: 200, y: 100 },
  ].map((at) => way.toDrawn(at));
  expect(drawn).toEqual([
    { x: 0, y: 100 },
    { x: 916, y: 0 },
    { x: 200, y: 412 },
    { x: 200, y: 100 },
  ]);
});

it('turns with the flow', () => {
  const way = new GiveWay([grown], 'down');
  expect(way.toDrawn({ x: 0, y: 200 })).toEqual({ x: 0, y: 452 });
  expect(way.toDrawn({ x: 500, y: 100 })).toEqual({ x: 1016, y: 100 });
});

it('makes room once for what stands beside each other', () => {
  const below: Grown = { ...grown, id: 'n2', at: { x: 200, y: 200 }, drawn: { width: 900, height: 100 } };
  expect(new GiveWay([grown, below], 'right').toDrawn({ x: 600, y: 0 })).toEqual({ x: 600 + 900 - 184, y: 0 });
});

it('never draws two nodes over each other that the document keeps apart', () => {
  const place = fc.record({ x: fc.integer({ min: 0, max: 12 }), y: fc.integer({ min: 0, max: 12 }) });
  fc.assert(
    fc.property(
      fc.uniqueArray(place, { selector: ({ x, y }) => `${x} ${y}`, maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      (cells, count) => {
        const at = cells.map(({ x, y }) => ({ x: x * 240, y: y * 80 }));
        const large = at.slice(0, count).map((each, i): Grown => ({ id: `n${i}`, at: each, folded, drawn: { width: 600, height: 400 } }));
        const way = new GiveWay(large, 'right');
        const boxes = at.map((each, i) => ({ ...way.toDrawn(each), ...(i < count ? { width: 600, height: 400 } : folded) }));
        for (const [i, a] of boxes.entries())
          for (const b of boxes.slice(i + 1))
            expect(a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height).toBe(false);
      },
    ),
  );
});

it('gives back the place of the document', () => {
  const way = new GiveWay([grown], 'right');
  for (const at of [
    { x: 0, y: 500 },
    { x: 900, y: 20 },
    { x: 210, y: 400 },
  ])
    expect(way.toDocument(way.toDrawn(at), at)).toEqual(at);
});
