import { TARGETS } from '../../core/emit/index.ts';
import type { Command } from './command.ts';
import { codeFile } from './shared/code-file.ts';
import { moduleName } from '../state/code/module-name.ts';
import { reportFailure } from '../state/edit-or-tell.ts';

export const saveCodeCommand: Command = {
  id: 'save-code',
  title: 'Save Code…',
  group: 'file',
  section: 2,
  order: 10,
  keys: [],
  when({ derived, document, session }) {
    const { codeTarget } = session.getState();
    return TARGETS[codeTarget].isBytes !== true && derived.code(document.getState().document, codeTarget).ok;
  },
  async run(context) {
    const { document } = context.document.getState();
    const target = context.session.getState().codeTarget;
    const code = context.derived.code(document, target);
    if (!code.ok) return;
    try {
      const saved = await context.platform.saveFileAs(`${moduleName(document)}.${TARGETS[target].extension}`, codeFile(target), code.text);
      if (saved) context.dialogs.tell(`Saved ${saved.name}.`);
    } catch (error) {
      reportFailure(context, 'The code was not saved', error, 'Try another place, or copy it instead.');
    }
  },
};
