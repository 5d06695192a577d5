import { shownCode } from '../state/code/shown-code.ts';
import type { Command } from './command.ts';

/** What the code panel shows. Possible only while the model is sound enough to be written as code. */
export const copyCodeCommand: Command = {
  id: 'copy-code',
  title: 'Copy Code',
  group: 'file',
  section: 2,
  order: 30,
  keys: [],
  when: ({ derived, document, session }) => shownCode(derived, document.getState().document, session.getState()).ok,
  async run({ derived, dialogs, document, session }) {
    const code = shownCode(derived, document.getState().document, session.getState());
    if (!code.ok) return;
    try {
      await navigator.clipboard.writeText(code.text);
      dialogs.tell(`${code.title} copied.`);
    } catch {
      dialogs.tell('The system refused access to the clipboard. Save the code to a file instead.', 'error');
    }
  },
};
