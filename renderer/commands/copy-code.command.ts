import { TARGETS } from '../../core/emit/index.ts';
import type { Command } from './command.ts';

/** Possible only while the model is sound enough to be written as code. */
export const copyCodeCommand: Command = {
  id: 'copy-code',
  title: 'Copy Code',
  group: 'file',
  section: 2,
  order: 30,
  keys: [],
  when: ({ derived, document, session }) => derived.code(document.getState().document, session.getState().codeTarget).ok,
  async run({ derived, dialogs, document, session }) {
    const { codeTarget } = session.getState();
    const code = derived.code(document.getState().document, codeTarget);
    if (!code.ok) return;
    try {
      await navigator.clipboard.writeText(code.text);
      dialogs.tell(`${TARGETS[codeTarget].title} code copied.`);
    } catch {
      dialogs.tell('The system refused access to the clipboard. Save the code to a file instead.', 'error');
    }
  },
};
