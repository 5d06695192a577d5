import { currentMode, setMode } from '../../core/document/index.ts';
import type { Command, CommandContext } from './command.ts';
import { editOrTell } from '../state/edit-or-tell.ts';

/** Appends a `train()` or `eval()` call to the settings. */
export function changeMode(context: Pick<CommandContext, 'document' | 'dialogs'>, mode: 'train' | 'eval'): void {
  editOrTell(context, mode === 'train' ? 'Set Training Mode' : 'Set Evaluation Mode', (document) => setMode(document, mode));
}

export const toggleModeCommand: Command = {
  id: 'toggle-mode',
  title: 'Switch Between Train and Eval',
  group: 'run',
  section: 1,
  order: 10,
  keys: ['Mod+E'],
  run(context) {
    changeMode(context, currentMode(context.document.getState().document) === 'train' ? 'eval' : 'train');
  },
};
