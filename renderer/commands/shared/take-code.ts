import type { ModelDocument } from '../../../core/document/index.ts';
import type { CommandContext } from '../command.ts';
import { confirmUnsaved } from './confirm-unsaved.ts';
import { showDocument, withPlaces } from './open-document.ts';

/** What becomes of code that was read: the open model changes by one step, or another one is opened. */
export interface TakenCode {
  readonly as: 'change' | 'new';
  readonly document: ModelDocument;
}

/** Shows code to be changed, with what the model would become, until it is taken or left; `name` is that of the file it came from. */
export async function takeCode(context: CommandContext, text: string, name?: string): Promise<boolean> {
  const { document } = context.document.getState();
  const taken = await context.dialogs.ask('editCode', { text, document, ...(name === undefined ? {} : { name }) });
  if (!taken) return false;
  if (taken.as === 'change') {
    const changed = taken.document;
    if (changed !== document) context.document.edit('Edit Code', () => changed);
    return true;
  }
  const placed = await withPlaces(context, taken.document);
  if (!(await confirmUnsaved(context))) return false;
  showDocument(context, placed, null);
  return true;
}
