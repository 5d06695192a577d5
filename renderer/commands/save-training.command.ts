import { TARGETS } from '../../core/emit/index.ts';
import { reportFailure } from '../state/edit-or-tell.ts';
import type { Command } from './command.ts';
import { codeFile } from './shared/code-file.ts';
import { moduleName } from '../state/code/module-name.ts';

/** Of the target that is chosen, if it has one. The script imports the model from the file that Save Code writes. */
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
    const { codeTarget } = context.session.getState();
    const target = TARGETS[codeTarget].train ? codeTarget : 'flax';
    const { extension } = TARGETS[target];
    const code = context.derived.training(document, target);
    if (!code.ok) {
      context.dialogs.tell(code.message, 'error');
      return;
    }
    try {
      const saved = await context.platform.saveFileAs(`train_${module}.${extension}`, codeFile(target), code.text);
      if (saved) context.dialogs.tell(`Saved ${saved.name}. It trains the model of ${module}.${extension} beside it.`);
    } catch (error) {
      reportFailure(context, 'The training script was not saved', error, 'Try another place.');
    }
  },
};
