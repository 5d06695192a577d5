/** @file Opening and saving documents: native dialogs, recent files, and writes only to paths that the user chose. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserWindow, Dialog } from 'electron';
import type { FileKind, OpenedFile, SavedFile } from '../shared/ipc-contract.ts';
import { decode } from '../../core/document/index.ts';
import { atomicSave } from './atomic-save.ts';
import type { JsonStore } from './json-store.ts';

/** Larger files are refused before they are read: a document is text that a person could read. */
const MAX_SIZE_BYTES = 64 * 1024 * 1024;
const LAST_FOLDER = 'last-folder';

/** Models; the rest are tables that are read once, and code that is written once. */
const isDocument = ({ extension }: FileKind): boolean => extension === 'espalier';

export interface FilesPort {
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  readonly window: () => BrowserWindow | undefined;
  readonly addRecent: (file: string) => void;
  readonly preferences: JsonStore;
}

export interface Files {
  open(kinds: readonly FileKind[]): Promise<OpenedFile | null>;
  /** Reads a path that the system handed over (command line, file association, recent files). */
  read(file: string): Promise<OpenedFile>;
  save(handle: string, text: string): Promise<SavedFile>;
  saveAs(suggestedName: string, kind: FileKind, content: string | Uint8Array<ArrayBuffer>): Promise<SavedFile | null>;
}

export function makeFiles(port: FilesPort): Files {
  // The window may write only where the user pointed, whatever a taken-over page asks for.
  const chosen = new Set<string>();

  async function lastFolder(): Promise<{ defaultPath?: string }> {
    const folder = await port.preferences.read(LAST_FOLDER);
    return folder === undefined ? {} : { defaultPath: folder };
  }

  /** Since Electron 43 the system no longer remembers the folder for us. That it cannot be remembered keeps nobody from working. */
  async function rememberFolder(file: string): Promise<void> {
    await port.preferences.write(LAST_FOLDER, path.dirname(file)).catch(() => undefined);
  }

  /** What is opened to be edited may be written to, and is offered again by the system; a table that is read is neither. */
  function take(file: string): void {
    chosen.add(file);
    port.addRecent(file);
  }

  async function readAny(file: string): Promise<OpenedFile> {
    const entry = await stat(file);
    if (!entry.isFile()) throw new Error(`${path.basename(file)} is a folder or a device, not a file.`);
    const { size } = entry;
    if (size > MAX_SIZE_BYTES)
      throw new Error(
        `${path.basename(file)} has ${Math.round(size / 2 ** 20)} MiB; a document has at most ${MAX_SIZE_BYTES / 2 ** 20} MiB. Is it the right file?`,
      );
    const { text, encoding } = decode(await readFile(file));
    await rememberFolder(file);
    return { name: path.basename(file), handle: file, text, ...(encoding === 'utf-8' ? {} : { encoding }) };
  }

  async function read(file: string): Promise<OpenedFile> {
    const opened = await readAny(file);
    take(file);
    return opened;
  }

  const filters = (kinds: readonly FileKind[]) => [
    ...kinds.map((kind) => ({ name: kind.title, extensions: [kind.extension] })),
    { name: 'All files', extensions: ['*'] },
  ];

  return {
    read,
    async open(kinds) {
      const options = { properties: ['openFile' as const], filters: filters(kinds), ...(await lastFolder()) };
      const window = port.window();
      const { canceled, filePaths } = window
        ? await port.dialog.showOpenDialog(window, options)
        : await port.dialog.showOpenDialog(options);
      const file = filePaths[0];
      if (canceled || file === undefined) return null;
      return kinds.some(isDocument) ? read(file) : readAny(file);
    },
    async save(handle, text) {
      if (!chosen.has(handle))
        throw new Error(`${path.basename(handle)} was not chosen in this session. Use Save As to say where it goes.`);
      await atomicSave(handle, text);
      return { name: path.basename(handle), handle };
    },
    async saveAs(suggestedName, kind, content) {
      const folder = await lastFolder();
      const defaultPath = folder.defaultPath === undefined ? suggestedName : path.join(folder.defaultPath, path.basename(suggestedName));
      const window = port.window();
      const options = { defaultPath, filters: filters([kind]) };
      const { canceled, filePath } = window ? await port.dialog.showSaveDialog(window, options) : await port.dialog.showSaveDialog(options);
      if (canceled || !filePath) return null;
      await atomicSave(filePath, content);
      await rememberFolder(filePath);
      if (isDocument(kind)) take(filePath);
      return { name: path.basename(filePath), handle: filePath };
    },
  };
}
