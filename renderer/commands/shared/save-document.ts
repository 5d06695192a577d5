import { writeDocument } from '../../../core/document/index.ts';
import { MODEL_FILE } from '../../platform/kinds.ts';
import type { CommandContext } from '../command.ts';
import { reportFailure } from '../../state/edit-or-tell.ts';

/** Writes the document to its file, asking for one if there is none yet or `as` is set. False: not saved. */
export async function saveDocument(context: CommandContext, { as = false } = {}): Promise<boolean> {
  const { document, file, loads } = context.document.getState();
  try {
    const text = writeDocument(document, context.data.ownAssets(document));
    const handle = as ? null : (file?.handle ?? null);
    const saved =
      handle === null
        ? await context.platform.saveFileAs(suggestFileName(file?.name ?? document.name), MODEL_FILE, text)
        : await context.platform.saveFile(handle, text);
    if (!saved) return false;
    // Another document may be open by now: it does not belong to this file.
    if (context.document.getState().loads === loads) context.document.markSaved(saved, document);
    context.dialogs.tell(`Saved ${saved.name}.`);
    return true;
  } catch (error) {
    reportFailure(context, 'The model was not saved', error, 'Nothing was lost: it is still open. Try Save As with another place.');
    return false;
  }
}

function suggestFileName(name: string): string {
  const stem = name.replace(/\.espalier$/, '').replace(/[^\p{L}\p{N} _.-]+/gu, '-');
  return `${stem || 'model'}.${MODEL_FILE.extension}`;
}
