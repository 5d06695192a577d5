/** @file What the main process answers on each channel, in terms of its parts. */
import type { Files } from './files.ts';
import type { Handlers } from './ipc.ts';
import type { JsonStore } from './json-store.ts';
import type { Recovery } from './recovery.ts';

export interface Parts {
  readonly files: Files;
  readonly recovery: Recovery;
  readonly preferences: JsonStore;
  /** The window has changes that are not saved, or no longer has. */
  readonly setUnsaved: (isUnsaved: boolean, title: string) => void;
  /** The window has saved because it was to be closed, or has not. */
  readonly savedForClose: (isSaved: boolean) => void;
  /** The window listens: files of the command line may be sent to it. */
  readonly onReady: () => void;
}

/** The bridge carries null where the parts say undefined: structured clones keep it in every place. */
export function makeHandlers({ files, recovery, preferences, setUnsaved, savedForClose, onReady }: Parts): Handlers {
  return {
    'file:open': (kinds) => files.open(kinds),
    'file:save': (handle, text) => files.save(handle, text),
    'file:save-as': (name, kind, content) => files.saveAs(name, kind, content),
    'recovery:write': async (window, text) => (await recovery.write(window, text), null),
    'recovery:clear': async (window) => (await recovery.clear(window), null),
    'recovery:left': (window) => recovery.left(window),
    'preference:read': async (key) => (await preferences.read(key)) ?? null,
    'preference:write': async (key, value) => (await preferences.write(key, value), null),
    'window:unsaved': async (isUnsaved, title) => (setUnsaved(isUnsaved, title), null),
    'window:saved-for-close': async (isSaved) => (savedForClose(isSaved), null),
    'window:ready': async () => (onReady(), null),
  };
}
