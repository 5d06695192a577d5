/** @file Reading a file that the user picked or dropped in a page. */
import { decode } from '../../core/document/index.ts';
import type { OpenedFile } from './platform.ts';

/** Larger files are refused before they are read: a document or a table is text that a person could read. */
const MAX_SIZE_BYTES = 64 * 2 ** 20;
const SAMPLE = 1024;

/** @throws Error with a message for the user: too large, a folder, gone, or not to be read. */
export async function readPicked(file: File, handle: string | null = null): Promise<OpenedFile> {
  if (file.size > MAX_SIZE_BYTES)
    throw new Error(
      `${file.name} has ${Math.round(file.size / 2 ** 20)} MiB; a file has at most ${MAX_SIZE_BYTES / 2 ** 20} MiB. Is it the right one?`,
    );
  try {
    return { name: file.name, handle, ...textOf(new Uint8Array(await file.arrayBuffer())) };
  } catch (error) {
    throw new Error(`${file.name} could not be read: it was moved, may not be read, or is a folder. Pick it again.`, { cause: error });
  }
}

/** Tables come in many encodings; what is UTF-8, as every document, the page reads by itself and much faster. */
function textOf(bytes: Uint8Array<ArrayBuffer>): Pick<OpenedFile, 'text' | 'encoding'> {
  // A zero is a letter of UTF-8, too, but of no text: UTF-16 has them.
  if (!bytes.subarray(0, SAMPLE).includes(0)) {
    try {
      return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  const { text, encoding } = decode(bytes);
  return encoding === 'utf-8' ? { text } : { text, encoding };
}
