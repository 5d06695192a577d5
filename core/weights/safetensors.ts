/**
 * @file The safetensors format: eight bytes with the length of a JSON header, the header, then raw little-endian numbers.
 * Knows names and numbers, no Modules. Source: the format's own specification (huggingface/safetensors, README).
 */
import { quoted, shorten } from '../document/problem.ts';
import { ValueError } from '../nnx/errors.ts';
import { doubledName } from './doubled-name.ts';
import { bytesOf, isStoredType, readNumbers, STORED_TYPES, type StoredNumbers, type StoredType } from './numbers.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

export interface StoredTensor {
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  /**
   * Row-major. F64, F16 and BF16 are read as float32; I64, U64 and U32 as float64, in which numbers from 2^53 on are rounded; shorter
   * integers as int32; BOOL as bytes of 0 and 1.
   */
  readonly data: StoredNumbers;
}

const PREFIX_BYTES = 8;
/** The reference reader refuses longer headers, too. */
const MAX_HEADER_BYTES = 25_000_000;

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/**
 * Writes tensors in the order of their names. F32, I32 and BOOL can be written. The header is padded to eight bytes with spaces.
 * @throws ValueError for other types, for more or fewer numbers than the shape has, and for the name `__metadata__`.
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, StoredTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const names = Object.keys(tensors).sort();
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let end = 0;
  for (const name of names) {
    const { dtype, shape, data } = tensors[name]!;
    if (name === '__metadata__')
      throw new ValueError('Expected another name than "__metadata__": the format keeps it for texts. Rename the tensor.');
    if (data.length !== sizeOf(shape))
      throw new ValueError(`Expected ${sizeOf(shape)} numbers in "${name}" of shape (${shape.join(', ')}), got ${data.length}.`);
    const start = end;
    end += sizeOf(shape) * bytesOf(dtype);
    header[name] = { dtype, shape, data_offsets: [start, end] };
  }
  const text = encodeUtf8(JSON.stringify(header));
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(PREFIX_BYTES + headerBytes + end).fill(0x20, PREFIX_BYTES, PREFIX_BYTES + headerBytes);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  bytes.set(text, PREFIX_BYTES);
  let at = PREFIX_BYTES + headerBytes;
  for (const name of names) {
    const { dtype, data } = tensors[name]!;
    for (const value of data) {
      if (dtype === 'F32') view.setFloat32(at, value, true);
      else if (dtype === 'I32') view.setInt32(at, value, true);
      else if (dtype === 'BOOL') view.setUint8(at, value);
      else throw new ValueError(`Expected F32, I32 or BOOL to write "${name}", got ${dtype}. Convert the numbers first.`);
      at += bytesOf(dtype);
    }
  }
  return bytes;
}

/** What came may be megabytes of somebody's header: a message repeats only its beginning. */
function fail(expected: string, got: string): never {
  throw new ValueError(`Expected ${expected} in the safetensors file, got ${shorten(got)}. Save the file anew, or choose another one.`);
}

interface Entry {
  readonly name: string;
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  /** First byte and the one behind the last, from the end of the header. */
  readonly span: readonly [number, number];
}

/**
 * Reads all tensors by name. All that the header says is checked before numbers are read: no name twice, offsets within the file, of the
 * length that type and shape ask for, one behind the other without gap or overlap.
 * @throws ValueError that says what is wrong with the file.
 */
export function readSafetensors(bytes: Uint8Array): {
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < PREFIX_BYTES) fail('at least 8 bytes', String(bytes.length));
  const headerBytes = Number(view.getBigUint64(0, true));
  if (headerBytes > Math.min(MAX_HEADER_BYTES, bytes.length - PREFIX_BYTES))
    fail('a header inside the file', `a length of ${headerBytes} bytes`);
  const start = PREFIX_BYTES + headerBytes;
  const { __metadata__: metadata = {}, ...described } = readHeader(bytes.subarray(PREFIX_BYTES, start));
  if (!isTexts(metadata)) fail('texts by name as __metadata__', textOf(metadata));
  const entries = Object.entries(described).map(([name, entry]) => readEntry(name, entry));
  checkSpans(entries, bytes.length - start);
  const tensors = entries.map(({ name, dtype, shape, span }): [string, StoredTensor] => {
    const data = readNumbers(view, start + span[0], dtype, sizeOf(shape));
    const stray = dtype === 'BOOL' ? data.find((value) => value > 1) : undefined;
    if (stray !== undefined) fail(`0 and 1 as the truth values of ${quoted(name)}`, String(stray));
    return [name, { dtype, shape, data }];
  });
  return { tensors: Object.fromEntries(tensors), metadata };
}

function checkSpans(entries: readonly Entry[], numBytes: number): void {
  let end = 0;
  for (const { name, span } of entries.toSorted((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1])) {
    if (span[1] > numBytes) fail(`the numbers of ${quoted(name)} inside the file`, `an end at ${span[1]} of ${numBytes} bytes`);
    if (span[0] !== end) fail(`numbers from byte ${end} on`, `numbers from byte ${span[0]} on`);
    end = span[1];
  }
  if (end !== numBytes) fail(`${end} bytes of numbers`, String(numBytes));
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((text) => typeof text === 'string')
  );
}

function readHeader(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let text = '';
  let header: unknown;
  try {
    text = decodeUtf8(bytes);
    header = JSON.parse(text);
  } catch {
    // Told below: what the parser says about bytes helps nobody.
  }
  if (typeof header !== 'object' || header === null || !text.startsWith('{')) return fail('a JSON object as the header', 'something else');
  const doubled = doubledName(text);
  if (doubled !== null) fail('each name once', `${quoted(doubled)} twice`);
  return header as Readonly<Record<string, unknown>>;
}

function readEntry(name: string, entry: unknown): Entry {
  const { dtype, shape, data_offsets: span } = (entry ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
  if (!isStoredType(dtype)) fail(`a type among ${STORED_TYPES.join(', ')} for ${quoted(name)}`, textOf(dtype));
  if (!isCounts(shape)) fail(`a shape for ${quoted(name)}`, textOf(shape));
  if (!isCounts(span) || span.length !== 2) fail(`two offsets for ${quoted(name)}`, textOf(span));
  const [from, to] = span as [number, number];
  const wanted = sizeOf(shape) * bytesOf(dtype);
  if (to - from !== wanted) fail(`${wanted} bytes for ${quoted(name)} of ${dtype} (${shorten(shape.join(', '))})`, String(to - from));
  return { name, dtype, shape, span: [from, to] };
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}

function textOf(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
