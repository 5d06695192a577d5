/** @file Opening and saving in a browser tab: file access where there is one, else upload and download. */
import type { FileContent, FileKind, OpenedFile, SavedFile } from './platform.ts';
import { readPicked } from './read-picked.ts';

/** The part of the File System Access API that is used; TypeScript's DOM types lack the pickers. */
interface FilePickers {
  showOpenFilePicker?(options: PickerOptions): Promise<FileSystemFileHandle[]>;
  showSaveFilePicker?(options: PickerOptions & { suggestedName: string }): Promise<FileSystemFileHandle>;
}
interface PickerOptions {
  types: readonly { description: string; accept: Record<string, string[]> }[];
  excludeAcceptAllOption?: boolean;
}

export interface BrowserFiles {
  open(kinds: readonly FileKind[]): Promise<OpenedFile | undefined>;
  save(handle: string, text: string): Promise<SavedFile>;
  saveAs(suggestedName: string, kind: FileKind, content: FileContent): Promise<SavedFile | undefined>;
}

export function createBrowserFiles(): BrowserFiles {
  const pickers = window as FilePickers;
  const handles: FileSystemFileHandle[] = [];
  const keep = (handle: FileSystemFileHandle): string => String(handles.push(handle) - 1);

  return {
    async open(kinds) {
      if (!pickers.showOpenFilePicker) return upload(kinds);
      const [handle] = (await unlessCancelled(pickers.showOpenFilePicker({ types: kinds.map(pickerType) }))) ?? [];
      if (!handle) return undefined;
      return readPicked(await handle.getFile(), keep(handle));
    },
    async save(key, text) {
      const handle = handles[Number(key)];
      if (!handle) throw new Error('The browser no longer knows this file. Use Save As.');
      await write(handle, text);
      return { name: handle.name, handle: key };
    },
    async saveAs(suggestedName, kind, content) {
      if (!pickers.showSaveFilePicker) return download(suggestedName, kind, content);
      const handle = await unlessCancelled(pickers.showSaveFilePicker({ suggestedName, types: [pickerType(kind)] }));
      if (!handle) return undefined;
      await write(handle, content);
      return { name: handle.name, handle: keep(handle) };
    },
  };
}

function pickerType(kind: FileKind): PickerOptions['types'][number] {
  return { description: kind.title, accept: { [kind.mediaType]: [`.${kind.extension}`] } };
}

/** The browser writes to a copy and swaps it in at `close`, so that a failure leaves the old file whole. */
async function write(handle: FileSystemFileHandle, content: FileContent): Promise<void> {
  const stream = await handle.createWritable();
  await stream.write(content);
  await stream.close();
}

async function unlessCancelled<T>(picked: Promise<T>): Promise<T | undefined> {
  try {
    return await picked;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

function upload(kinds: readonly FileKind[]): Promise<OpenedFile | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = kinds.map((kind) => `.${kind.extension}`).join(',');
  return new Promise((resolve) => {
    input.addEventListener('cancel', () => resolve(undefined));
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      resolve(file ? readPicked(file) : undefined);
    });
    input.click();
  });
}

function download(suggestedName: string, kind: FileKind, content: FileContent): SavedFile {
  const address = URL.createObjectURL(new Blob([content], { type: kind.mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = suggestedName;
  link.click();
  URL.revokeObjectURL(address);
  return { name: suggestedName, handle: null };
}
