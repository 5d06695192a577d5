import { EditError, type ModelClass, type Point } from '../../core/document/index.ts';
import type { CanvasPort } from '../session/canvas-port.ts';
import { findOpenClass } from '../derived/open-class.ts';
import { addType } from './add-type.ts';
import type { CommandContext } from './command.ts';

/** Half a node, and the step by which a node moves off one that lies there already. */
const HALF_NODE: Point = { x: 96, y: 32 };
const STEP = 24;

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

/** The point itself, or the next one down the diagonal where no node has its corner. */
export function findFreePoint(openClass: ModelClass, wanted: Point): Point {
  const taken = Object.values(openClass.layout);
  let point = wanted;
  while (taken.some(({ x, y }) => Math.abs(x - point.x) < STEP && Math.abs(y - point.y) < STEP)) {
    point = { x: point.x + STEP, y: point.y + STEP };
  }
  return point;
}
