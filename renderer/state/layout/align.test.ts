import { describe, expect, it } from 'vitest';
import { align, distribute } from './align.ts';

const boxes = new Map([
  ['a', { x: 0, y: 0, width: 100, height: 40 }],
  ['b', { x: 40, y: 100, width: 60, height: 80 }],
  ['c', { x: 300, y: 20, width: 100, height: 40 }],
]);

describe('boxes are brought in line', () => {
  it('with the leftmost, with the rightmost, and with the middle of all', () => {
    expect(align(boxes, { axis: 'x', part: 0 })).toEqual({ a: { x: 0, y: 0 }, b: { x: 0, y: 100 }, c: { x: 0, y: 20 } });
    expect(align(boxes, { axis: 'x', part: 1 })).toEqual({ a: { x: 300, y: 0 }, b: { x: 340, y: 100 }, c: { x: 300, y: 20 } });
    expect(align(boxes, { axis: 'x', part: 0.5 })).toEqual({ a: { x: 152, y: 0 }, b: { x: 172, y: 100 }, c: { x: 152, y: 20 } });
  });

  it('with the lowest edge of all', () => {
    expect(align(boxes, { axis: 'y', part: 1 })).toEqual({ a: { x: 0, y: 140 }, b: { x: 40, y: 100 }, c: { x: 300, y: 140 } });
  });
});

describe('boxes are spread', () => {
  it('with the same room between them, while the outermost stay', () => {
    const spread = distribute(boxes, 'x');
    expect(spread['a']).toEqual({ x: 0, y: 0 });
    expect(spread['c']).toEqual({ x: 300, y: 20 });
    expect(spread['b']).toEqual({ x: 172, y: 100 }); // 70 px to either side, on the grid
  });
});
