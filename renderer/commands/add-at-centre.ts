import { EditError, type ModelClass, type Point } from '../../core/document/index.ts';
import type { CanvasPort } from '../state/canvas-port.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { addType } from './add-type.ts';
import type { CommandContext } from './command.ts';

/** Half a node, and the room that one takes with its labels. */
const HALF_NODE: Point = { x: 96, y: 32 };
const ROOM: Point = { x: 208, y: 112 };

/** Adds a type in the middle of what is visible, beside what lies there already. */
export function addTypeAtCentre(context: CommandContext, type: string): void {
  const { open } = context.session.getState();
  const openClass = findOpenClass(context.document.getState().document, open);
  if (!openClass) return;
  context.session.set({ lens: 'flow' });
  try {
    addType(context, type, findFreePoint(openClass, pointAtCentre(context.canvas)));
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    context.dialogs.tell(error.message, 'error');
  }
}

/** Where a node lies whose middle is the middle of what is visible. */
export function pointAtCentre(canvas: CanvasPort): Point {
  const centre = canvas.centre();
  return { x: snap(centre.x - HALF_NODE.x), y: snap(centre.y - HALF_NODE.y) };
}

function snap(value: number): number {
  return Math.round(value / 8) * 8;
}

/** The point itself, or the nearest one above or below where a node overlaps no other. */
export function findFreePoint(openClass: ModelClass, wanted: Point): Point {
  const taken = Object.values(openClass.layout);
  const isFree = ({ x, y }: Point): boolean => taken.every((each) => Math.abs(each.x - x) >= ROOM.x || Math.abs(each.y - y) >= ROOM.y);
  for (let step = 0; step <= 2 * taken.length; step++) {
    // 0, 1 below, 1 above, 2 below …: with one place more than nodes, one is free.
    const rows = step % 2 === 1 ? (step + 1) / 2 : -step / 2;
    const point = { x: wanted.x, y: wanted.y + rows * ROOM.y };
    if (isFree(point)) return point;
  }
  return wanted;
}
