import { describe, expect, it } from 'vitest';
import { guide } from './guides.ts';

const rect = (left: number, top: number, width = 184, height = 48) => ({ left, top, right: left + width, bottom: top + height });

describe('what is dragged', () => {
  it('is drawn to the edge of a node that it nearly meets, and a line joins both', () => {
    const { dx, dy, guides } = guide(rect(403, 200), [rect(400, 0)], 5);
    expect([dx, dy]).toEqual([-3, 0]);
    expect(guides).toContainEqual({ axis: 'x', at: 400, from: 0, to: 248 });
  });

  it('meets middles where sizes differ', () => {
    const { dy, guides } = guide(rect(300, 12, 184, 96), [rect(0, 40)], 5);
    expect(dy).toBe(4);
    expect(guides).toEqual([{ axis: 'y', at: 64, from: 0, to: 484 }]);
  });

  it('stays where it is far from every line', () => {
    expect(guide(rect(450, 200), [rect(400, 0)], 5)).toEqual({ dx: 0, dy: 0, guides: [] });
  });

  it('takes the nearest of several lines', () => {
    expect(guide(rect(402, 200), [rect(400, 0), rect(403, 500)], 5).dx).toBe(1);
  });
});
