/** @file The platform of a plain browser tab. */
import { readShippedAsset } from './assets.ts';
import { createBrowserRecovery } from './browser-recovery.ts';
import { createBrowserFiles } from './browser-files.ts';
import { listenForDroppedFiles } from './dropped-files.ts';
import { openKeyValue } from './key-value.ts';
import type { Platform } from './platform.ts';

const TITLE_DELAY_MS = 50;

export function createBrowserPlatform(): Platform {
  const files = createBrowserFiles();
  const values = openKeyValue('espalier');
  let hasUnsaved = false;
  window.addEventListener('beforeunload', (event) => {
    if (hasUnsaved) event.preventDefault();
  });
  return {
    kind: 'browser',
    openFile: (kinds) => files.open(kinds),
    saveFile: (handle, text) => files.save(handle, text),
    saveFileAs: (name, kind, content) => files.saveAs(name, kind, content),
    recovery: createBrowserRecovery(values, navigator.locks, crypto.randomUUID()),
    async setUnsaved(unsaved, title) {
      hasUnsaved = unsaved;
      // Its tab is drawn by the browser's window: not in the frame that shows the edit.
      setTimeout(() => (document.title = `${hasUnsaved ? '• ' : ''}${title} – Espalier`), TITLE_DELAY_MS);
    },
    onCommand: () => () => undefined,
    onSaveForClose: () => () => undefined,
    onOpenFile: listenForDroppedFiles,
    readPreference: (key) => values.read(`preference:${key}`),
    writePreference: (key, value) => values.write(`preference:${key}`, value),
    data: openKeyValue('espalier-data'),
    readAsset: readShippedAsset,
  };
}
