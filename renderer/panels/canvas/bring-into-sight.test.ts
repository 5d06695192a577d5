import { describe, expect, it } from 'vitest';
import { viewOf, type View } from './bring-into-sight.ts';

const view: View = { width: 800, height: 600, transform: [0, 0, 1] };

/** Where a box of the canvas is in the window under a view. */
function seen(box: { x: number; y: number; width: number; height: number }, { x, y, zoom }: { x: number; y: number; zoom: number }) {
  return { left: x + box.x * zoom, top: y + box.y * zoom, right: x + (box.x + box.width) * zoom, bottom: y + (box.y + box.height) * zoom };
}

describe('the view in which a box is seen whole', () => {
  it('is the one there is, where the box is in sight', () => {
    expect(viewOf({ x: 100, y: 100, width: 200, height: 100 }, view)).toBeUndefined();
  });

  it('is moved no further than it must be, at the same zoom', () => {
    expect(viewOf({ x: 700, y: 100, width: 200, height: 100 }, view)).toEqual({ x: -120, y: 0, zoom: 1 });
    expect(viewOf({ x: -60, y: 100, width: 200, height: 100 }, view)).toEqual({ x: 80, y: 0, zoom: 1 });
  });

  it('is zoomed out for a box that is larger than the canvas, which then lies within its edges', () => {
    const box = { x: 100, y: 100, width: 1200, height: 400 };
    const found = viewOf(box, view)!;
    const { left, top, right, bottom } = seen(box, found);
    expect(found.zoom).toBeCloseTo(760 / 1200);
    expect(left >= 19 && top >= 55 && right <= 781 && bottom <= 545).toBe(true);
  });

  it('shows where a box begins that could not be read as a whole', () => {
    const box = { x: 100, y: 100, width: 100_000, height: 50_000 };
    const found = viewOf(box, view)!;
    expect(found.zoom).toBe(0.45);
    expect(seen(box, found)).toMatchObject({ left: 20, top: 56 });
    // One who looks from further away stays there.
    expect(viewOf(box, { ...view, transform: [0, 0, 0.2] })!.zoom).toBe(0.2);
  });
});
