/** @file Where what is wired to nothing lands: in sight, over nothing. */
import type { ModelClass, Point } from '../../core/document/index.ts';
import type { CanvasPort } from '../state/canvas-port.ts';

/** Half a node, and the room that one takes with its labels. */
const HALF_NODE: Point = { x: 96, y: 32 };
const ROOM: Point = { x: 208, y: 112 };

/** Where a node lies whose middle is the middle of what is visible. */
export function pointAtCentre(canvas: CanvasPort): Point {
  const centre = canvas.centre();
  return { x: snap(centre.x - HALF_NODE.x), y: snap(centre.y - HALF_NODE.y) };
}

function snap(value: number): number {
  return Math.round(value / 8) * 8;
}

/** The point itself, or the nearest one around it where a node overlaps no other: so that it lands in sight. */
export function findFreePoint(openClass: ModelClass, wanted: Point): Point {
  const blocked = new Set<string>();
  for (const { x, y } of Object.values(openClass.layout)) {
    const [column, row] = [(x - wanted.x) / ROOM.x, (y - wanted.y) / ROOM.y];
    for (const i of [Math.floor(column), Math.ceil(column)]) for (const j of [Math.floor(row), Math.ceil(row)]) blocked.add(`${i} ${j}`);
  }
  for (let ring = 0; ; ring++) {
    for (const [i, j] of ringOf(ring)) if (!blocked.has(`${i} ${j}`)) return { x: wanted.x + i * ROOM.x, y: wanted.y + j * ROOM.y };
  }
}

/** Places so many steps away, the nearest first; below and to the right before above and to the left. */
function ringOf(ring: number): readonly (readonly [number, number])[] {
  const places: [number, number][] = [];
  for (let i = -ring; i <= ring; i++)
    for (let j = -ring; j <= ring; j++) if (Math.max(Math.abs(i), Math.abs(j)) === ring) places.push([i, j]);
  return places.sort(([a, b], [c, d]) => Math.hypot(a * ROOM.x, b * ROOM.y) - Math.hypot(c * ROOM.x, d * ROOM.y) || d - b || c - a);
}
