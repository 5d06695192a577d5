/**
 * @file How a graph makes room for what is expanded in it: what lies behind an expanded node moves on with the flow, what lies beside it moves aside.
 * Places in the document stay as they are; this is how they are drawn.
 */
import type { NodeId, Point } from '../../../../core/document/index.ts';
import type { Direction } from '../../../state/layout/graph.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** An expanded node: where the document has it, how large it would be, and how large it is drawn. */
export interface Grown {
  readonly id: NodeId;
  readonly at: Point;
  readonly folded: Size;
  readonly drawn: Size;
}

/** Along the flow, one axis; across it, the other: written for a flow to the right, and turned for one that goes down. */
type Turned = readonly [along: number, across: number];

interface Push {
  readonly start: Turned;
  readonly end: Turned;
  readonly more: Turned;
}

export class GiveWay {
  private readonly pushes: readonly Push[];

  constructor(
    grown: readonly Grown[],
    private readonly direction: Direction,
  ) {
    this.pushes = grown.map(({ at, folded, drawn }) => ({
      start: this.turn(at.x, at.y),
      end: this.turn(at.x + folded.width, at.y + folded.height),
      more: this.turn(Math.max(0, drawn.width - folded.width), Math.max(0, drawn.height - folded.height)),
    }));
  }

  /** Where a place of the document is drawn; the same object where nothing is in its way. */
  toDrawn(at: Point): Point {
    if (this.pushes.length === 0) return at;
    const [along, across] = this.shiftOf(at);
    if (along === 0 && across === 0) return at;
    const [x, y] = this.turn(along, across);
    return { x: at.x + x, y: at.y + y };
  }

  /** The place of the document that is drawn there; within the room that was made, one nearby. `near`: where it was, which decides if several are. */
  toDocument(drawn: Point, near: Point): Point {
    if (this.pushes.length === 0) return drawn;
    let at = near;
    for (let tries = 0; tries < 2 + this.pushes.length; tries++) {
      const [x, y] = this.turn(...this.shiftOf(at));
      const next = { x: drawn.x - x, y: drawn.y - y };
      if (next.x === at.x && next.y === at.y) break;
      at = next;
    }
    return at;
  }

  /**
   * What stands beside each other, across the flow or along it, makes room once, as much as the largest needs. Nothing comes to lie over another:
   * what is pushed on stays behind what is not, and what is pushed aside stays below it.
   */
  private shiftOf(at: Point): Turned {
    const [along, across] = this.turn(at.x, at.y);
    const behind = this.pushes.filter(({ end }) => along >= end[0]);
    const beside = this.pushes.filter(({ end }) => along < end[0] && across >= end[1]);
    return [mostOf(behind, 0), mostOf(beside, 1)];
  }

  private turn(x: number, y: number): Turned {
    return this.direction === 'right' ? [x, y] : [y, x];
  }
}

/** The sum over groups that overlap along an axis of the most that each needs. */
function mostOf(pushes: readonly Push[], axis: 0 | 1): number {
  if (pushes.length < 2) return pushes[0]?.more[axis] ?? 0;
  let [sum, most, end] = [0, 0, -Infinity];
  for (const push of [...pushes].sort((a, b) => a.start[axis] - b.start[axis])) {
    if (push.start[axis] >= end) {
      sum += most;
      most = 0;
    }
    most = Math.max(most, push.more[axis]);
    end = Math.max(end, push.end[axis]);
  }
  return sum + most;
}
