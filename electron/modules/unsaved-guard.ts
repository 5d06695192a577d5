/** @file The question before closing a window with unsaved changes. The flag lives here, so a hung page cannot block the answer. */
import type { BrowserWindow, Dialog } from 'electron';

export type GuardedWindow = Pick<BrowserWindow, 'on' | 'setTitle' | 'setDocumentEdited' | 'destroy'>;

export interface UnsavedGuard {
  set(unsaved: boolean, title: string): void;
}

const SAVE = 0;
const DISCARD = 1;
const CANCEL = 2;

/**
 * Asks Save / Don't Save / Cancel on close. Save runs the editor's own command and closes when the flag falls;
 * Don't Save drops the recovery copy, too.
 */
export function guardUnsaved(
  window: GuardedWindow,
  dialog: Pick<Dialog, 'showMessageBox'>,
  actions: { readonly save: () => void; readonly discard: () => Promise<void> },
): UnsavedGuard {
  let isUnsaved = false;
  let title = 'Espalier';
  let closeWhenSaved = false;

  window.on('close', (event) => {
    if (!isUnsaved) return;
    event.preventDefault();
    void dialog
      .showMessageBox({
        type: 'question',
        message: `Save the changes to ${title}?`,
        detail: 'Unsaved changes are lost otherwise.',
        buttons: ['Save', "Don't Save", 'Cancel'],
        defaultId: SAVE,
        cancelId: CANCEL,
      })
      .then(async ({ response }) => {
        closeWhenSaved = response === SAVE;
        if (response === SAVE) actions.save();
        if (response === DISCARD) {
          await actions.discard();
          window.destroy();
        }
      });
  });

  return {
    set(unsaved, newTitle) {
      isUnsaved = unsaved;
      title = newTitle;
      window.setDocumentEdited(unsaved);
      window.setTitle(`${newTitle}${unsaved ? ' •' : ''} – Espalier`);
      if (!unsaved && closeWhenSaved) window.destroy();
    },
  };
}
