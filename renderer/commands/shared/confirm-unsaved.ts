import { hasUnsavedChanges } from '../../state/document/store.ts';
import type { CommandContext } from '../command.ts';
import { saveDocument } from './save-document.ts';

/** Whether the present document may be left: nothing to lose, saved now, or given up by the user. */
export async function confirmUnsaved(context: CommandContext): Promise<boolean> {
  const state = context.document.getState();
  if (!hasUnsavedChanges(state)) return true;
  const answer = await context.dialogs.ask('confirmUnsaved', { name: state.file?.name ?? state.document.name });
  if (answer === 'save') return saveDocument(context);
  return answer === 'discard';
}
