import { newDocument } from '../../core/document/index.ts';
import type { Command } from './command.ts';
import { confirmUnsaved } from './shared/confirm-unsaved.ts';
import { showDocument } from './shared/open-document.ts';

/** An empty model in place of the present one, after asking about unsaved changes. */
export const newCommand: Command = {
  id: 'new',
  title: 'New',
  group: 'file',
  section: 0,
  order: 10,
  keys: ['Mod+N'],
  async run(context) {
    if (!(await confirmUnsaved(context))) return;
    showDocument(context, newDocument(), null);
    // Once a menu or a question is gone, which gives the keyboard back to where it was: one goes on by typing.
    requestAnimationFrame(() => requestAnimationFrame(() => context.canvas.focus()));
  },
};
