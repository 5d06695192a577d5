import { addNote, type ModelClass, type Point, type WireId } from '../../core/document/index.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import { findFreePoint, pointAtCentre } from './add-at-centre.ts';
import type { Command, CommandContext } from './command.ts';
import { snap } from '../state/layout/node-size.ts';
import { editWithIds } from '../state/edit-or-tell.ts';

/** The one wire that is selected. */
function chosenWire({ session }: CommandContext): WireId | undefined {
  const { wires, nodes } = session.getState().selection;
  return wires.length === 1 && nodes.length === 0 ? wires[0] : undefined;
}

/** Below both ends of a wire, between them. */
function pointBelow({ wires, layout }: ModelClass, id: WireId): Point | undefined {
  const wire = wires[id];
  const [from, to] = [layout[wire?.from.node ?? ''], layout[wire?.to.node ?? '']];
  return from && to && { x: snap((from.x + to.x) / 2), y: snap(Math.max(from.y, to.y) + BELOW) };
}

/** A row of nodes. */
const BELOW = 112;

/** A note in the middle of what is visible, or at the wire that is selected, which it then belongs to; ready to be typed in. */
export const addNoteCommand: Command = {
  id: 'add-note',
  title: 'Add Note',
  titleNow: (context) => (chosenWire(context) === undefined ? 'Add Note' : 'Add Note to the Wire'),
  group: 'edit',
  section: 5,
  order: 40,
  keys: ['N'],
  when: ({ document, session }) => findOpenClass(document.getState().document, session.getState().open) !== undefined,
  needs: 'Make a class first.',
  run(context) {
    const { open } = context.session.getState();
    const openClass = findOpenClass(context.document.getState().document, open);
    if (!openClass) return;
    context.session.set({ lens: 'flow' });
    const chosen = chosenWire(context);
    const wire = chosen !== undefined && Object.hasOwn(openClass.wires, chosen) ? chosen : undefined;
    const near = wire === undefined ? undefined : pointBelow(openClass, wire);
    const at = findFreePoint(openClass, near ?? pointAtCentre(context.canvas));
    const added = editWithIds(
      context,
      wire === undefined ? 'Add note' : 'Add note to the wire',
      (document) => addNote(document, openClass.id, { at, ...(wire === undefined ? {} : { wire }) }),
      ({ annotation }) => ({ open, selection: { ...NOTHING_SELECTED, annotations: [annotation] } }),
    );
    if (added) context.session.set({ typingIn: added.annotation });
  },
};
