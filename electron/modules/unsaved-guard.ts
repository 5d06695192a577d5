/** @file The question before closing a window with unsaved changes. The flag lives here, so a hung page cannot block the answer. */
import type { BrowserWindow, Dialog } from 'electron';

export type GuardedWindow = Pick<BrowserWindow, 'on' | 'setTitle' | 'setDocumentEdited' | 'destroy'>;

export interface UnsavedGuard {
  set(unsaved: boolean, title: string): void;
  /** The window's answer to `save`: whether it was saved, or the user thought better of it, or it failed. */
  savedForClose(isSaved: boolean): void;
}

const SAVE = 0;
const DISCARD = 1;
const CANCEL = 2;

/**
 * Asks Save / Don't Save / Cancel on close. Save asks the window to save, and closes if its answer is that it did and nothing was edited
 * meanwhile; whatever else comes of it, the window stays until it is closed anew. Don't Save drops the recovery copy, too.
 */
export function guardUnsaved(
  window: GuardedWindow,
  dialog: Pick<Dialog, 'showMessageBox'>,
  actions: { readonly save: () => void; readonly discard: () => Promise<void> },
): UnsavedGuard {
  let isUnsaved = false;
  let title = 'Espalier';
  let isAsking = false;
  let closesWhenSaved = false;

  async function ask(): Promise<void> {
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: `Save the changes to ${title}?`,
      detail: 'Unsaved changes are lost otherwise.',
      buttons: ['Save', "Don't Save", 'Cancel'],
      defaultId: SAVE,
      cancelId: CANCEL,
    });
    closesWhenSaved = response === SAVE;
    if (response === SAVE) actions.save();
    if (response !== DISCARD) return;
    // A copy that cannot be deleted is offered at the next start, no worse.
    await actions.discard().catch(() => undefined);
    window.destroy();
  }

  window.on('close', (event) => {
    if (!isUnsaved) return;
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    void ask().finally(() => (isAsking = false));
  });

  return {
    set(unsaved, newTitle) {
      isUnsaved = unsaved;
      title = newTitle;
      window.setDocumentEdited(unsaved);
      window.setTitle(`${newTitle}${unsaved ? ' •' : ''} – Espalier`);
    },
    savedForClose(isSaved) {
      const closes = closesWhenSaved && isSaved && !isUnsaved;
      closesWhenSaved = false;
      if (closes) window.destroy();
    },
  };
}
