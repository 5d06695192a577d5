/** @file A way as an SVG path with round corners, and a place for a label beside it. */
import type { Point } from '../../../../core/document/index.ts';
import type { Obstacles, Rect } from './obstacles.ts';

const RADIUS = 10;

export function pathOf(way: readonly Point[]): string {
  const [first, ...rest] = way;
  if (!first) return '';
  let path = `M${first.x} ${first.y}`;
  for (const [i, corner] of rest.entries()) {
    const next = rest[i + 1];
    const before = way[i]!;
    if (!next) {
      path += `L${corner.x} ${corner.y}`;
      break;
    }
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, next) / 2);
    const [enter, leave] = [towards(corner, before, radius), towards(corner, next, radius)];
    path += `L${enter.x} ${enter.y}Q${corner.x} ${corner.y} ${leave.x} ${leave.y}`;
  }
  return path;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
}

/** Between a label and its wire. */
const ABOVE = 3;

/** The lower middle of a label of this size, beside the way and on no node; the middle of the way where there is no such place. */
export function labelPlace(
  way: readonly Point[],
  size: { readonly width: number; readonly height: number },
  obstacles: Obstacles,
  own: readonly Rect[],
): Point {
  const parts = way.slice(1).map((to, i) => ({ from: way[i]!, to }));
  const longest = parts.toSorted((a, b) => distance(b.from, b.to) - distance(a.from, a.to));
  const fits = ({ x, y }: Point): boolean => {
    const box = { left: x - size.width / 2, top: y - size.height, right: x + size.width / 2, bottom: y };
    const isOver = (rect: Rect) => box.left < rect.right && box.right > rect.left && box.top < rect.bottom && box.bottom > rect.top;
    return obstacles.in(box).length === 0 && !own.some(isOver);
  };
  const middle = longest[0] ? between(longest[0].from, longest[0].to, 0.5) : { x: 0, y: 0 };
  for (const { from, to } of longest) {
    for (const part of [0.5, 0.3, 0.7]) {
      const at = between(from, to, part);
      const isFlat = Math.abs(from.y - to.y) < 0.5;
      const places = isFlat
        ? [
            { x: at.x, y: at.y - ABOVE },
            { x: at.x, y: at.y + ABOVE + size.height },
          ]
        : [
            { x: at.x + ABOVE + size.width / 2, y: at.y + size.height / 2 },
            { x: at.x - ABOVE - size.width / 2, y: at.y + size.height / 2 },
          ];
      const found = places.find(fits);
      if (found) return found;
    }
  }
  // Too little room between two nodes: above both of them, or below.
  for (let away = 8; away <= 96; away += 8)
    for (const y of [middle.y - away, middle.y + away + size.height]) if (fits({ x: middle.x, y })) return { x: middle.x, y };
  return { x: middle.x, y: middle.y - ABOVE };
}

function between(a: Point, b: Point, part: number): Point {
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part };
}
