import { PYTHON_FILE } from '../platform/kinds.ts';
import type { Command } from './command.ts';
import { moduleName } from './shared/module-name.ts';
import { reportFailure } from '../state/edit-or-tell.ts';

export const saveCodeCommand: Command = {
  id: 'save-code',
  title: 'Save Code…',
  group: 'file',
  section: 2,
  order: 10,
  keys: [],
  when: ({ derived, document }) => derived.code(document.getState().document).ok,
  async run(context) {
    const { document } = context.document.getState();
    const code = context.derived.code(document);
    if (!code.ok) return;
    try {
      const saved = await context.platform.saveFileAs(`${moduleName(document)}.py`, PYTHON_FILE, code.text);
      if (saved) context.dialogs.tell(`Saved ${saved.name}.`);
    } catch (error) {
      reportFailure(context, 'The code was not saved', error, 'Try another place, or copy it instead.');
    }
  },
};
