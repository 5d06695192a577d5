import { addNote } from '../../core/document/index.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import { findFreePoint, pointAtCentre } from './add-at-centre.ts';
import type { Command } from './command.ts';
import { editWithIds } from '../state/edit-or-tell.ts';

/** A note in the middle of what is visible, ready to be typed in. */
export const addNoteCommand: Command = {
  id: 'add-note',
  title: 'Add Note',
  group: 'edit',
  section: 5,
  order: 40,
  keys: ['N'],
  when: ({ document, session }) => findOpenClass(document.getState().document, session.getState().open) !== undefined,
  run(context) {
    const { open } = context.session.getState();
    const openClass = findOpenClass(context.document.getState().document, open);
    if (!openClass) return;
    context.session.set({ lens: 'flow' });
    const at = findFreePoint(openClass, pointAtCentre(context.canvas));
    const added = editWithIds(
      context,
      'Add note',
      (document) => addNote(document, openClass.id, { at }),
      ({ annotation }) => ({ open, selection: { ...NOTHING_SELECTED, annotations: [annotation] } }),
    );
    if (added) context.session.set({ typingIn: added.annotation });
  },
};
