import { PYTHON_FILE } from '../platform/kinds.ts';
import { reportFailure } from '../state/edit-or-tell.ts';
import type { Command } from './command.ts';
import { moduleName } from './shared/module-name.ts';

/** The script imports the model from the file that Save Code writes. */
export const saveTrainingCommand: Command = {
  id: 'save-training',
  title: 'Save Training Script…',
  group: 'file',
  section: 2,
  order: 20,
  keys: [],
  when: ({ derived, document }) => derived.code(document.getState().document, 'flax').ok,
  async run(context) {
    const { document } = context.document.getState();
    const module = moduleName(document);
    const code = context.derived.training(document, module);
    if (!code.ok) {
      context.dialogs.tell(code.message, 'error');
      return;
    }
    try {
      const saved = await context.platform.saveFileAs(`train_${module}.py`, PYTHON_FILE, code.text);
      if (saved) context.dialogs.tell(`Saved ${saved.name}. It trains the model of ${module}.py beside it.`);
    } catch (error) {
      reportFailure(context, 'The training script was not saved', error, 'Try another place.');
    }
  },
};
