import { focusedItem } from '../state/derived/focused-item.ts';
import type { Command } from './command.ts';

/** Opens the search through all classes. Whoever draws it jumps to what is chosen, and the keyboard follows. */
export const findCommand: Command = {
  id: 'find',
  title: 'Find…',
  group: 'edit',
  section: 4,
  order: 25,
  keys: ['Mod+F'],
  inTextFields: true,
  async run({ canvas, dialogs, document, session }) {
    if ((await dialogs.ask('find', {})) === undefined) return;
    const found = focusedItem(document.getState().document, session.getState());
    // Once the dialog is gone, which gives the keyboard back to where it was: a field of text, maybe.
    if (found) requestAnimationFrame(() => requestAnimationFrame(() => canvas.focusItem(found)));
  },
};
