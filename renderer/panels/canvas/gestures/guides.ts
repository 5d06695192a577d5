/** @file Lines along which what is dragged meets the nodes around it, and how far it is to move to lie on them. */
import type { Rect } from '../routing/obstacles.ts';

export interface Guide {
  readonly axis: 'x' | 'y';
  readonly at: number;
  /** From where to where the line is drawn, across its axis. */
  readonly from: number;
  readonly to: number;
}

export interface Guided {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
}

const SIDES = { x: ['left', 'right', 'top', 'bottom'], y: ['top', 'bottom', 'left', 'right'] } as const;

/** `reach`: how near lines attract, in pixels of the canvas. */
export function guide(moving: Rect, others: readonly Rect[], reach: number): Guided {
  const x = nearest(moving, others, 'x', reach);
  const y = nearest(moving, others, 'y', reach);
  const moved = { left: moving.left + x, right: moving.right + x, top: moving.top + y, bottom: moving.bottom + y };
  return { dx: x, dy: y, guides: [...linesOf(moved, others, 'x'), ...linesOf(moved, others, 'y')] };
}

/** The upper or left edge, the middle, the other edge. */
function parts(rect: Rect, axis: 'x' | 'y'): readonly number[] {
  const [start, end] = [rect[SIDES[axis][0]], rect[SIDES[axis][1]]];
  return [start, (start + end) / 2, end];
}

function nearest(moving: Rect, others: readonly Rect[], axis: 'x' | 'y', reach: number): number {
  const own = parts(moving, axis);
  let best = Infinity;
  for (const other of others)
    for (const [i, at] of parts(other, axis).entries()) {
      const delta = at - own[i]!;
      if (Math.abs(delta) <= reach && Math.abs(delta) < Math.abs(best)) best = delta;
    }
  return best === Infinity ? 0 : best;
}

/** One line for each part that lies on that of another. */
function linesOf(moved: Rect, others: readonly Rect[], axis: 'x' | 'y'): readonly Guide[] {
  const [, , start, end] = SIDES[axis];
  return parts(moved, axis).flatMap((at, i) => {
    const on = others.filter((other) => Math.abs(parts(other, axis)[i]! - at) < 0.5);
    if (on.length === 0) return [];
    const all = [moved, ...on];
    return [{ axis, at, from: Math.min(...all.map((each) => each[start])), to: Math.max(...all.map((each) => each[end])) }];
  });
}
