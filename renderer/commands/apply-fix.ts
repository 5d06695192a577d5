import type { Fix } from '../../core/document/index.ts';
import { editOrTell } from '../state/edit-or-tell.ts';
import type { CommandContext } from './command.ts';

/** Does what a problem offers: one undoable step, named as its button. */
export function applyFix(context: Pick<CommandContext, 'document' | 'dialogs'>, { label, edit }: Fix): boolean {
  return editOrTell(context, label, edit);
}
