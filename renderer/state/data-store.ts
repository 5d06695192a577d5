/**
 * @file Texts of the data files that documents name: those that ship with the app by their file's name, the user's own by their hash. Kept
 * beside the documents, so that no edit, no recovery and no message carries them along.
 */
import type { DataFiles } from '../../core/check/index.ts';
import { assetName, type AssetTexts, type ModelDocument } from '../../core/document/index.ts';
import { findSource } from '../../core/index.ts';

export interface DataStorage {
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
}

export interface DataStore {
  /** What is at hand, by hash or file name. A new object after each change. */
  readonly files: () => DataFiles;
  /** Calls back after each change; gives back what ends that. */
  subscribe(listener: () => void): () => void;
  /** Keeps a text, also for the next start; gives its name. */
  put(text: string): string;
  /** Keeps the texts that came in a file. */
  putAll(assets: AssetTexts): void;
  /** Brings what a document names to hand, as far as it is stored or ships with the app. */
  need(document: ModelDocument): Promise<void>;
  /** The user's own data that a document names: what must be saved with it. */
  ownAssets(document: ModelDocument): AssetTexts;
}

export function createDataStore(storage: DataStorage, readShipped: (file: string) => Promise<string>, shipped: DataFiles = {}): DataStore {
  let files: DataFiles = shipped;
  const listeners = new Set<() => void>();
  const named = (document: ModelDocument) => findSource(document.run.source.type)?.files(document.run.source.args) ?? [];
  const keep = (name: string, text: string): void => {
    if (files[name] === text) return;
    files = { ...files, [name]: text };
    for (const listener of listeners) listener();
  };
  const store: DataStore = {
    files: () => files,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    put(text) {
      const name = assetName(text);
      keep(name, text);
      // What cannot be kept is at hand all the same, and saved with the document.
      storage.write(name, text).catch(() => undefined);
      return name;
    },
    putAll(assets) {
      for (const text of Object.values(assets)) store.put(text);
    },
    async need(document) {
      for (const { file, asset } of named(document)) {
        if (Object.hasOwn(files, asset ?? file)) continue;
        const text = asset === undefined ? await readShipped(file).catch(() => undefined) : await storage.read(asset);
        if (text !== undefined) keep(asset ?? file, text);
      }
    },
    ownAssets: (document) =>
      Object.fromEntries(
        named(document).flatMap(({ asset }) => (asset !== undefined && Object.hasOwn(files, asset) ? [[asset, files[asset]!]] : [])),
      ),
  };
  return store;
}
