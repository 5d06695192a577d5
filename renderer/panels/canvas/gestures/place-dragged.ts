/** @file Where what is dragged is shown: where the pointer has it, drawn to a line of its neighbours or to the grid. */
import type { Point } from '../../../../core/document/index.ts';
import { NODE_WIDTH, snap } from '../../../state/layout/node-size.ts';
import type { Rect } from '../routing/obstacles.ts';
import { guide, type Guide } from './guides.ts';

/** A node, a note or a frame. */
export interface CanvasItem {
  readonly id: string;
  readonly position: Point;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

export interface Placed {
  readonly points: Readonly<Record<string, Point>>;
  readonly guides: readonly Guide[];
}

/** The grid of Shift: that of the dots. */
const COARSE = 20;

export function boxOf({ width = NODE_WIDTH, height = 0 }: CanvasItem, at: Point): Rect {
  return { left: at.x, top: at.y, right: at.x + width, bottom: at.y + height };
}

/** The dragged nodes together on the nearest guides, or on a grid. */
export function placeDragged(raw: Readonly<Record<string, Point>>, items: readonly CanvasItem[], isOnGrid: boolean, reach: number): Placed {
  const boxes = items.flatMap((item) => (Object.hasOwn(raw, item.id) ? [boxOf(item, raw[item.id]!)] : []));
  const [first] = boxes;
  if (!first) return { points: raw, guides: [] };
  const whole = boxes.reduce((a, b) => ({
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  }));
  const others = items.flatMap((item) => (Object.hasOwn(raw, item.id) ? [] : [boxOf(item, item.position)]));
  const onGrid = (value: number) => (isOnGrid ? Math.round(value / COARSE) * COARSE : snap(value)) - value;
  const { dx, dy, guides } = isOnGrid ? { dx: 0, dy: 0, guides: [] } : guide(whole, others, reach);
  const [byX, byY] = [
    dx === 0 && guides.every(({ axis }) => axis !== 'x') ? onGrid(whole.left) : dx,
    dy === 0 && guides.every(({ axis }) => axis !== 'y') ? onGrid(whole.top) : dy,
  ];
  return {
    points: Object.fromEntries(Object.entries(raw).map(([id, { x, y }]) => [id, { x: Math.round(x + byX), y: Math.round(y + byY) }])),
    guides,
  };
}
