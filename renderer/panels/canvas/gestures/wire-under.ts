/** @file The wire that a dragged node lies on. */
import type { Point, WireId } from '../../../../core/document/index.ts';
import type { FlowWire } from '../wire-view.tsx';
import type { Rect } from '../routing/obstacles.ts';

/** What a node's edge may overlap of a wire without meaning it. */
const INSET = 10;

/** The wire whose way passes nearest to the middle of a box; undefined where none passes through it. */
export function wireUnder(box: Rect, wires: readonly FlowWire[]): WireId | undefined {
  const inner = { left: box.left + INSET, top: box.top + INSET, right: box.right - INSET, bottom: box.bottom - INSET };
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  let [found, least]: [WireId | undefined, number] = [undefined, Infinity];
  for (const { id, data } of wires) {
    const way = data?.route?.way ?? [];
    for (let i = 1; i < way.length; i++) {
      const [a, b] = [way[i - 1]!, way[i]!];
      const isThrough =
        Math.min(a.x, b.x) < inner.right &&
        Math.max(a.x, b.x) > inner.left &&
        Math.min(a.y, b.y) < inner.bottom &&
        Math.max(a.y, b.y) > inner.top;
      const distance = isThrough ? distanceTo(middle, a, b) : Infinity;
      if (distance < least) [found, least] = [id, distance];
    }
  }
  return found;
}

/** From a point to a part of a way, which runs along an axis. */
function distanceTo(point: Point, a: Point, b: Point): number {
  const x = Math.max(Math.min(a.x, b.x), Math.min(point.x, Math.max(a.x, b.x)));
  const y = Math.max(Math.min(a.y, b.y), Math.min(point.y, Math.max(a.y, b.y)));
  return Math.hypot(point.x - x, point.y - y);
}
