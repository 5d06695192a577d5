import type { Command } from './command.ts';

/** Possible only while the model is sound enough to be written as code. */
export const copyCodeCommand: Command = {
  id: 'copy-code',
  title: 'Copy Code',
  group: 'file',
  section: 2,
  order: 30,
  keys: [],
  when: ({ derived, document }) => derived.code(document.getState().document).ok,
  async run({ derived, dialogs, document }) {
    const code = derived.code(document.getState().document);
    if (!code.ok) return;
    try {
      await navigator.clipboard.writeText(code.text);
      dialogs.tell('Code copied.');
    } catch {
      dialogs.tell('The system refused access to the clipboard. Save the code to a file instead.', 'error');
    }
  },
};
