/** @file The platform of the desktop app, over the bridge that the preload script made. */
import { BRIDGE, type Bridge, type CallArguments, type Channel, type Result } from '../../electron/shared/ipc-contract.ts';
import { readShippedAsset } from './assets.ts';
import { listenForDroppedFiles } from './dropped-files.ts';
import { openKeyValue } from './key-value.ts';
import type { Platform } from './platform.ts';

/** The bridge, if the page runs inside the desktop app. */
export function findBridge(): Bridge | undefined {
  return (globalThis as { readonly [BRIDGE]?: Bridge })[BRIDGE];
}

export function createDesktopPlatform(bridge: Bridge): Platform {
  const id = crypto.randomUUID();
  async function call<C extends Channel>(channel: C, ...args: CallArguments<C>): Promise<Result<C>> {
    const outcome = await bridge.call(channel, ...args);
    if (outcome.ok) return outcome.value;
    throw new Error(outcome.message);
  }
  return {
    kind: 'desktop',
    openFile: async (kinds) => (await call('file:open', kinds)) ?? undefined,
    saveFile: (handle, text) => call('file:save', handle, text),
    saveFileAs: async (name, kind, content) => (await call('file:save-as', name, kind, content)) ?? undefined,
    recovery: {
      async write(text) {
        await call('recovery:write', id, text);
      },
      async clear() {
        await call('recovery:clear', id);
      },
      left: () => call('recovery:left', id),
      async drop(other) {
        await call('recovery:clear', other);
      },
    },
    async setUnsaved(unsaved, title) {
      document.title = `${unsaved ? '• ' : ''}${title} – Espalier`;
      await call('window:unsaved', unsaved, title);
    },
    onCommand: (listener) => bridge.on('command', listener),
    onSaveForClose: (listener) =>
      bridge.on('save-for-close', () => {
        const saved = listener().catch(() => false);
        // The main process is gone where this fails, and the window with it.
        void saved.then((isSaved) => call('window:saved-for-close', isSaved)).catch(() => undefined);
      }),
    onOpenFile(listener) {
      const stopOpened = bridge.on('open-file', (file) => listener(Promise.resolve(file)));
      const stopDropped = listenForDroppedFiles(listener);
      // From here on the main process may send the files of its command line.
      call('window:ready').catch((error: unknown) => listener(Promise.reject(error)));
      return () => {
        stopOpened();
        stopDropped();
      };
    },
    readPreference: async (key) => (await call('preference:read', key)) ?? undefined,
    async writePreference(key, value) {
      await call('preference:write', key, value);
    },
    data: openKeyValue('espalier-data'),
    readAsset: readShippedAsset,
  };
}
