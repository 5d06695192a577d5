/** @file The text of a file, whatever wrote it: UTF-8, UTF-16 with its mark, or the one byte for a letter of older spreadsheets. */
import { decodeUtf8 } from '../weights/utf8.ts';

/** What Windows-1252 writes at 0x80 to 0x9f, where Latin-1 has control characters. A space: nothing, and Latin-1's stays. */
const WINDOWS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const CHUNK = 8192;

/** Never fails: bytes that are neither UTF-8 nor marked as UTF-16 are Windows-1252. A byte order mark is left out. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decodeUtf16(bytes, 0);
  if (first === 0xfe && second === 0xff) return decodeUtf16(bytes, 1);
  try {
    return decodeUtf8(first === 0xef && second === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return join(bytes.length, (i) => codeInWindows(bytes[i]!));
  }
}

function decodeUtf16(bytes: Uint8Array, high: 0 | 1): string {
  const [low, top] = high === 0 ? [0, 1] : [1, 0];
  return join((bytes.length >> 1) - 1, (i) => bytes[2 * i + 2 + low]! | (bytes[2 * i + 2 + top]! << 8));
}

function codeInWindows(byte: number): number {
  const sign = byte >= 0x80 && byte < 0xa0 ? WINDOWS[byte - 0x80]! : ' ';
  return sign === ' ' ? byte : sign.charCodeAt(0);
}

function join(length: number, codeAt: (i: number) => number): string {
  let text = '';
  for (let from = 0; from < length; from += CHUNK)
    text += String.fromCharCode(...Array.from({ length: Math.min(CHUNK, length - from) }, (_, i) => codeAt(from + i)));
  return text;
}
