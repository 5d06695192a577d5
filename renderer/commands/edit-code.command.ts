import type { Command } from './command.ts';
import { takeCode } from './shared/take-code.ts';

/** The model as Flax code that can be changed: the graph follows, as one undoable step. */
export const editCodeCommand: Command = {
  id: 'edit-code',
  title: 'Edit Code…',
  group: 'file',
  section: 2,
  order: 35,
  keys: [],
  when: ({ derived, document }) => derived.code(document.getState().document, 'flax').ok,
  async run(context) {
    const code = context.derived.code(context.document.getState().document, 'flax');
    if (code.ok) await takeCode(context, code.text);
  },
};
