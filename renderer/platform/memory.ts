/** @file A platform that keeps everything in memory: for tests, and for trying the editor where nothing may be stored. */
import type { FileContent, FileKind, LeftWork, OpenedFile, Platform, SavedFile } from './platform.ts';

export interface MemoryPlatform extends Platform {
  /** Texts by handle. */
  readonly files: Map<string, string>;
  readonly preferences: Map<string, string>;
  /** What the next open dialog gives; undefined: the user cancels. */
  nextOpened: OpenedFile | undefined;
  /** The handle that the next save dialog gives; undefined: the user cancels. */
  nextSaveAs: string | undefined;
  /** What this window keeps for after a crash. */
  kept: string | undefined;
  /** What windows before it have left. */
  readonly left: Map<string, LeftWork>;
  readonly unsaved: { readonly isUnsaved: boolean; readonly title: string } | undefined;
  /** As if a menu item of the desktop were chosen. */
  sendCommand(id: string): void;
  sendFile(file: Promise<OpenedFile>): void;
  /** As if the window were closed, and Save chosen: what it answers. */
  saveForClose(): Promise<boolean>;
}

export function createMemoryPlatform(assets: Readonly<Record<string, string>> = {}): MemoryPlatform {
  const files = new Map<string, string>();
  const preferences = new Map<string, string>();
  const data = new Map<string, string>();
  const commandListeners = new Set<(id: string) => void>();
  const fileListeners = new Set<(file: Promise<OpenedFile>) => void>();
  const left = new Map<string, LeftWork>();
  let saveForClose: () => Promise<boolean> = async () => false;
  let unsaved: MemoryPlatform['unsaved'];
  const saved = (handle: string, text: string): SavedFile => {
    files.set(handle, text);
    return { name: handle.split('/').at(-1) ?? handle, handle };
  };
  const platform: MemoryPlatform = {
    kind: 'browser',
    files,
    preferences,
    nextOpened: undefined,
    nextSaveAs: undefined,
    kept: undefined,
    left,
    get unsaved() {
      return unsaved;
    },
    sendCommand: (id) => commandListeners.forEach((listener) => listener(id)),
    sendFile: (file) => fileListeners.forEach((listener) => listener(file)),
    saveForClose: () => saveForClose(),
    openFile: async () => platform.nextOpened,
    saveFile: async (handle, text) => saved(handle, text),
    saveFileAs: async (_name: string, _kind: FileKind, content: FileContent) =>
      platform.nextSaveAs === undefined
        ? undefined
        : saved(platform.nextSaveAs, typeof content === 'string' ? content : new TextDecoder('latin1').decode(content)),
    recovery: {
      async write(text) {
        platform.kept = text;
      },
      async clear() {
        platform.kept = undefined;
      },
      left: async () => [...left.values()],
      async drop(id) {
        left.delete(id);
      },
    },
    async setUnsaved(isUnsaved, title) {
      unsaved = { isUnsaved, title };
    },
    onSaveForClose(listener) {
      saveForClose = listener;
      return () => (saveForClose = async () => false);
    },
    onCommand(listener) {
      commandListeners.add(listener);
      return () => commandListeners.delete(listener);
    },
    onOpenFile(listener) {
      fileListeners.add(listener);
      return () => fileListeners.delete(listener);
    },
    readPreference: async (key) => preferences.get(key),
    async writePreference(key, value) {
      preferences.set(key, value);
    },
    data: {
      read: async (name) => data.get(name),
      async write(name, text) {
        data.set(name, text);
      },
    },
    async readAsset(path) {
      const text = assets[path];
      if (text === undefined) throw new Error(`The file ${path} does not ship with the app, or could not be read.`);
      return text;
    },
  };
  return platform;
}
