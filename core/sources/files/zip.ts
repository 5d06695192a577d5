/** @file The files in a zip, by the list at its end. */
import { fail } from '../../spec/run-error.ts';
import { DamagedData, inflate } from './inflate.ts';

export interface ZipEntry {
  /** With folders, as the zip says it. */
  readonly name: string;
  /** Unpacked, however it lies there. @throws RunError */
  bytes(): Uint8Array;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LONGEST_COMMENT = 65_535;
const FIX = 'Make the zip anew, with plain deflate and without a password.';

/** What is inside, folders left out. `file` is its name, for whoever is told. @throws RunError where it is no zip that is understood */
export function readZip(bytes: Uint8Array, file: string): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const least = Math.max(0, bytes.length - 22 - LONGEST_COMMENT);
  let end = bytes.length - 22;
  while (end >= least && view.getUint32(end, true) !== END) end--;
  if (end < least || end < 0) return fail('file/no-zip', `"${file}" is no zip, or is cut off: its list of files is missing.`, FIX);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff)
    return fail('file/zip64', `"${file}" is a zip of more than 4 GiB or 65,535 files.`, 'Take fewer files.');
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY)
      return fail('file/damaged', `The list of files of "${file}" is damaged.`, FIX);
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const [nameLength, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    const start = view.getUint32(at + 42, true);
    const name = textOf(bytes.subarray(at + 46, at + 46 + nameLength));
    at += 46 + nameLength + extra + comment;
    if (name.endsWith('/')) continue;
    entries.push({ name, bytes: () => unpack({ name, start, packed, size, method, isLocked: (flags & 1) === 1 }) });
  }
  return entries;

  function unpack({ name, start, packed, size, method, isLocked }: Packed): Uint8Array {
    if (isLocked) return fail('file/password', `"${name}" in "${file}" has a password.`, FIX);
    if (start + 30 > bytes.length) return fail('file/damaged', `"${name}" in "${file}" is cut off.`, FIX);
    const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
    const data = bytes.subarray(from, from + packed);
    if (data.length < packed) return fail('file/damaged', `"${name}" in "${file}" is cut off.`, FIX);
    if (method === 0) return data;
    if (method !== 8) return fail('file/packing', `"${name}" in "${file}" is packed in a way (${method}) that is not read here.`, FIX);
    try {
      return inflate(data, size);
    } catch (error) {
      if (!(error instanceof DamagedData)) throw error;
      return fail('file/damaged', `"${name}" in "${file}" is damaged. ${error.message}`, FIX);
    }
  }
}

interface Packed {
  readonly name: string;
  readonly start: number;
  readonly packed: number;
  readonly size: number;
  readonly method: number;
  readonly isLocked: boolean;
}

/** UTF-8, which names in ASCII are, too. */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i++]!;
    const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let code = more === 0 ? first : first & (0x3f >> more);
    for (let k = 0; k < more; k++) code = (code << 6) | ((bytes[i++] ?? 0) & 0x3f);
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
}
