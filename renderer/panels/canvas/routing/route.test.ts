import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '../../../../core/document/index.ts';
import { labelPlace, pathOf } from './draw.ts';
import { Obstacles, touches, type Obstacle } from './obstacles.ts';
import { routeWire } from './route.ts';

function box(id: string, x: number, y: number): Obstacle {
  return { id, left: x, top: y, right: x + 184, bottom: y + 48 };
}

/** From the right port of one box to the left port of another. */
function wireBetween(boxes: readonly Obstacle[], from: string, to: string): readonly Point[] {
  const [a, b] = [boxes.find(({ id }) => id === from)!, boxes.find(({ id }) => id === to)!];
  return routeWire({ from: { x: a.right, y: a.top + 24 }, to: { x: b.left, y: b.top + 24 }, own: [a, b] }, new Obstacles(boxes), 'right');
}

function behind(way: readonly Point[], boxes: readonly Obstacle[]): readonly string[] {
  return boxes
    .filter((each) =>
      way.slice(1).some((b, i) => {
        const a = way[i]!;
        return touches(each, {
          left: Math.min(a.x, b.x) - 1,
          top: Math.min(a.y, b.y) - 1,
          right: Math.max(a.x, b.x) + 1,
          bottom: Math.max(a.y, b.y) + 1,
        });
      }),
    )
    .map(({ id }) => id);
}

const isSquare = (way: readonly Point[]) => way.slice(1).every((b, i) => b.x === way[i]!.x || b.y === way[i]!.y);

describe('a wire', () => {
  it('runs straight to a port at the same height', () => {
    expect(wireBetween([box('a', 0, 0), box('b', 264, 0)], 'a', 'b')).toEqual([
      { x: 184, y: 24 },
      { x: 264, y: 24 },
    ]);
  });

  it('takes one step to a port at another height', () => {
    const way = wireBetween([box('a', 0, 0), box('b', 264, 100)], 'a', 'b');
    expect(way).toHaveLength(4);
    expect(isSquare(way)).toBe(true);
  });

  it('passes around the nodes that it skips', () => {
    const boxes = [box('a', 0, 0), box('b', 264, 0), box('c', 528, 0), box('d', 792, 0)];
    const way = wireBetween(boxes, 'a', 'd');
    expect(behind(way, [boxes[1]!, boxes[2]!])).toEqual([]);
    expect(isSquare(way)).toBe(true);
  });

  it('finds its way to a node ten million pixels away, past one that stands between, and back around one as wide as that', () => {
    const boxes = [box('a', 0, 0), box('b', 264, 0), box('c', 1e7, -2e6), { ...box('wide', -1e6, 300), right: 2e7 }];
    const way = wireBetween(boxes, 'a', 'c');
    expect(behind(way, boxes.slice(1, 2).concat(boxes.slice(3)))).toEqual([]);
    expect(behind(wireBetween([...boxes, box('d', 0, 600)], 'd', 'a'), [boxes[1]!])).toEqual([]);
  });

  it('is found in a heap of nodes, where every channel is as bad as the next', () => {
    const boxes = Array.from({ length: 100 }, (_, i) => box(`n${i}`, 0, 0));
    const ways = boxes.slice(1).map(({ id }, i) => wireBetween(boxes, `n${i}`, id));
    expect(ways.every(isSquare)).toBe(true);
  });

  it('goes back between two rows, not through them', () => {
    const boxes = [0, 1, 2, 3].map((i) => box(`r${i}`, i * 264, 0)).concat([0, 1, 2, 3].map((i) => box(`s${i}`, i * 264, 140)));
    const way = wireBetween(boxes, 'r3', 's0');
    expect(
      behind(
        way,
        boxes.filter(({ id }) => id !== 'r3' && id !== 's0'),
      ),
    ).toEqual([]);
  });

  it('runs behind no node that leaves it a way, wherever nodes stand on a loose grid', () => {
    const cell = fc.record({ column: fc.nat(5), row: fc.nat(4) });
    fc.assert(
      fc.property(fc.uniqueArray(cell, { minLength: 2, maxLength: 18, selector: ({ column, row }) => column * 10 + row }), (cells) => {
        const boxes = cells.map(({ column, row }, i) => box(`n${i}`, column * 264, row * 140));
        const way = wireBetween(boxes, 'n0', 'n1');
        expect(behind(way, boxes.slice(2))).toEqual([]);
        expect(isSquare(way)).toBe(true);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('is drawn with round corners from its first to its last point', () => {
    const path = pathOf(wireBetween([box('a', 0, 0), box('b', 264, 100)], 'a', 'b'));
    expect(path.startsWith('M184 24')).toBe(true);
    expect(path.endsWith('L264 124')).toBe(true);
    expect(path.match(/Q/g)).toHaveLength(2);
  });
});

describe('a label', () => {
  it('lies on no node, also where it is wider than the room between two', () => {
    const boxes = [box('a', 0, 0), box('b', 264, 0)];
    const obstacles = new Obstacles(boxes);
    for (const width of [40, 76, 120, 180]) {
      const { x, y } = labelPlace(wireBetween(boxes, 'a', 'b'), { width, height: 18 }, obstacles, boxes);
      expect(obstacles.in({ left: x - width / 2, right: x + width / 2, top: y - 18, bottom: y })).toEqual([]);
    }
  });
});
