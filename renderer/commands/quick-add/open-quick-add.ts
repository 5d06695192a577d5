/** @file Opens the quick-add field, and leaves the keyboard on the node that was added last. */
import type { NodeId, Point } from '../../../core/document/index.ts';
import type { CanvasPort } from '../../state/canvas-port.ts';
import type { DialogAsk } from '../../state/questions.ts';
import type { CommandContext } from '../command.ts';
import type { QuickAddPlace } from './add-line.ts';

declare module '../../state/questions.ts' {
  interface DialogKinds {
    /** Adds what is typed, line after line, wired to what is selected or to what `from` and `insertInto` say. */
    quickAdd: { ask: QuickAddPlace; answer: 'left' };
  }
}

/** Between a node and the field. */
const GAP = 12;

/** Where the field stands below a node, so that what is typed and what it becomes are seen together. */
export function cornerBelow(canvas: CanvasPort, node: NodeId): Point | undefined {
  const box = canvas.keepInSight(node);
  return box && { x: box.x, y: box.y + box.height + GAP };
}

export async function openQuickAdd(context: CommandContext, place: DialogAsk<'quickAdd'> = {}): Promise<void> {
  context.session.set({ lens: 'flow' });
  const selected = context.session.getState().selection.nodes.at(-1);
  const corner = place.at || selected === undefined ? undefined : cornerBelow(context.canvas, selected);
  await context.dialogs.ask('quickAdd', { ...place, ...(corner ? { corner } : {}) });
  const [node] = context.session.getState().selection.nodes;
  // Once the field is gone, which gives the keyboard back to where it was.
  if (node !== undefined) requestAnimationFrame(() => requestAnimationFrame(() => context.canvas.focusNode(node)));
}
