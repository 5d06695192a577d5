/** @file The text of a file, whatever wrote it: UTF-8, UTF-16 with its mark, or the one byte for a letter of older spreadsheets. */
import { decodeUtf8 } from '../weights/utf8.ts';

/** What Windows-1252 writes at 0x80 to 0x9f, where Latin-1 has control characters. A space: nothing, and Latin-1's stays. */
const WINDOWS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const CHUNK = 8192;

/** How a file writes letters as bytes, by the names that Python knows, too. */
export const ENCODINGS = ['utf-8', 'utf-16', 'utf-16-le', 'utf-16-be', 'cp1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * Never fails: bytes that are neither UTF-8 nor UTF-16 are Windows-1252. A byte order mark is left out; UTF-16 without one is known by its
 * zeros, every other byte of plain letters.
 */
export function decode(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: decodeUtf16(bytes.subarray(2), 0), encoding: 'utf-16' };
  if (first === 0xfe && second === 0xff) return { text: decodeUtf16(bytes.subarray(2), 1), encoding: 'utf-16' };
  const high = zerosOf(bytes);
  if (high !== undefined) return { text: decodeUtf16(bytes, high), encoding: high === 0 ? 'utf-16-le' : 'utf-16-be' };
  try {
    const text = decodeUtf8(first === 0xef && second === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes);
    return { text, encoding: 'utf-8' };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { text: join(bytes.length, (i) => codeInWindows(bytes[i]!)), encoding: 'cp1252' };
  }
}

/** The text alone. */
export function decodeText(bytes: Uint8Array): string {
  return decode(bytes).text;
}

const SAMPLE = 1024;

/** Which of two bytes is zero nearly everywhere, the other nearly nowhere: 0 the second, 1 the first; undefined: neither. */
function zerosOf(bytes: Uint8Array): 0 | 1 | undefined {
  const pairs = Math.min(bytes.length, SAMPLE) >> 1;
  if (pairs === 0 || bytes.length % 2 === 1) return undefined;
  const zeros = [0, 0];
  for (let i = 0; i < 2 * pairs; i++) if (bytes[i] === 0) zeros[i % 2]!++;
  const isSide = (many: number, few: number): boolean => many * 4 > pairs * 3 && few * 8 < pairs;
  if (isSide(zeros[1]!, zeros[0]!)) return 0;
  return isSide(zeros[0]!, zeros[1]!) ? 1 : undefined;
}

function decodeUtf16(bytes: Uint8Array, high: 0 | 1): string {
  const [low, top] = high === 0 ? [0, 1] : [1, 0];
  return join(bytes.length >> 1, (i) => bytes[2 * i + low]! | (bytes[2 * i + top]! << 8));
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
