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
  async function call<C extends Channel>(channel: C, ...args: CallArguments<C>): Promise<Result<C>> {
    const outcome = await bridge.call(channel, ...args);
    if (outcome.ok) return outcome.value;
    throw new Error(outcome.message);
  }
  return {
    kind: 'desktop',
    openFile: async (kinds) => (await call('file:open', kinds)) ?? undefined,
    saveFile: (handle, text) => call('file:save', handle, text),
    saveFileAs: async (name, kind, text) => (await call('file:save-as', name, kind, text)) ?? undefined,
    async writeRecovery(text) {
      await call('recovery:write', text);
    },
    readRecovery: async () => (await call('recovery:read')) ?? undefined,
    async clearRecovery() {
      await call('recovery:clear');
    },
    setUnsaved(unsaved, title) {
      document.title = `${unsaved ? '• ' : ''}${title} – Espalier`;
      void call('window:unsaved', unsaved, title);
    },
    onCommand: (listener) => bridge.on('command', listener),
    onOpenFile(listener) {
      const stopOpened = bridge.on('open-file', listener);
      const stopDropped = listenForDroppedFiles(listener);
      // From here on the main process may send the files of its command line.
      void call('window:ready');
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
