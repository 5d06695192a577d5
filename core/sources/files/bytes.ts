/** @file Files that are no text, as text: they travel with documents and messages as tables do. */
import { fail } from '../../spec/run-error.ts';

const MARK = 'base64,';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map([...LETTERS].map((letter, i) => [letter.charCodeAt(0), i]));

/** Begins with a mark, by which it is told from the text of a table. */
export function textOfBytes(bytes: Uint8Array): string {
  const parts: string[] = [MARK];
  const piece = 3 * 4096;
  for (let from = 0; from < bytes.length; from += piece) parts.push(encode(bytes.subarray(from, from + piece)));
  return parts.join('');
}

function encode(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i]!, bytes[i + 1], bytes[i + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += LETTERS[bits >> 18]! + LETTERS[(bits >> 12) & 63]!;
    text += (b === undefined ? '=' : LETTERS[(bits >> 6) & 63]!) + (c === undefined ? '=' : LETTERS[bits & 63]!);
  }
  return text;
}

/** @throws RunError where the text is not that of bytes */
export function bytesOfText(text: string, file: string): Uint8Array {
  if (!text.startsWith(MARK))
    return fail('file/not-bytes', `"${file}" is a text, where arrays or pictures are expected.`, 'Open the file again.');
  const end = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const length = ((text.length - MARK.length) / 4) * 3 - end;
  if (!Number.isInteger(length)) return fail('file/damaged', `"${file}" is cut off.`, 'Open the file again.');
  const bytes = new Uint8Array(length);
  for (let i = MARK.length, at = 0; i < text.length; i += 4) {
    let bits = 0;
    for (let k = 0; k < 4; k++) bits = (bits << 6) | (VALUES.get(text.charCodeAt(i + k)) ?? 0);
    for (let k = 2; k >= 0 && at < length; k--) bytes[at++] = (bits >> (8 * k)) & 255;
  }
  return bytes;
}
