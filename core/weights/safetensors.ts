/**
 * @file The safetensors format: eight bytes with the length of a JSON header, the header, then raw little-endian numbers.
 * Knows names and numbers, no Modules. Source: the format's own specification (huggingface/safetensors, README).
 */
import { ValueError } from '../nnx/errors.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

export type StoredType = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U64' | 'U32' | 'U16' | 'U8' | 'BOOL';

export interface StoredTensor {
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  /**
   * Row-major. F64, F16 and BF16 are read as float32; I64, U64 and U32 as float64, in which numbers from 2^53 on are rounded; shorter
   * integers as int32; BOOL as bytes of 0 and 1.
   */
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array;
}

const SIZES: Readonly<Record<StoredType, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
};
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
    end += sizeOf(shape) * SIZES[dtype];
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
      at += SIZES[dtype];
    }
  }
  return bytes;
}

function fail(expected: string, got: string): never {
  throw new ValueError(`Expected ${expected} in the safetensors file, got ${got}. Save the file anew, or choose another one.`);
}

/**
 * Reads all tensors by name. Offsets are checked: within the file, of the length that type and shape ask for, one behind the other
 * without gap or overlap.
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
  const { __metadata__: metadata = {}, ...entries } = readHeader(bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + headerBytes));
  if (!isTexts(metadata)) fail('texts by name as __metadata__', JSON.stringify(metadata));
  const start = PREFIX_BYTES + headerBytes;
  // A Map keeps names such as `__proto__` names.
  const tensors = new Map<string, StoredTensor>();
  const spans: (readonly [number, number])[] = [];
  for (const [name, entry] of Object.entries(entries)) {
    const { dtype, shape, span } = readEntry(name, entry);
    if (start + span[1] > bytes.length)
      fail(`the numbers of "${name}" inside the file`, `an end at ${span[1]} of ${bytes.length - start} bytes`);
    spans.push(span);
    tensors.set(name, { dtype, shape, data: readNumbers(view, start + span[0], dtype, sizeOf(shape)) });
  }
  let end = 0;
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (from !== end) fail(`numbers from byte ${end} on`, `numbers from byte ${from} on`);
    end = to;
  }
  if (start + end !== bytes.length) fail(`${end} bytes of numbers`, `${bytes.length - start}`);
  return { tensors: Object.fromEntries(tensors), metadata };
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}

function readHeader(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const header: unknown = JSON.parse(decodeUtf8(bytes));
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) return header as Readonly<Record<string, unknown>>;
  } catch {
    // Told below: what the parser says about bytes helps nobody.
  }
  return fail('a JSON object as the header', 'something else');
}

function readEntry(
  name: string,
  entry: unknown,
): { readonly dtype: StoredType; readonly shape: readonly number[]; readonly span: readonly [number, number] } {
  const { dtype, shape, data_offsets: span } = (entry ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
  if (typeof dtype !== 'string' || !Object.hasOwn(SIZES, dtype))
    fail(`a type among ${Object.keys(SIZES).join(', ')} for "${name}"`, String(dtype));
  const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  if (!Array.isArray(shape) || !shape.every(isCount)) fail(`a shape for "${name}"`, JSON.stringify(shape));
  if (!Array.isArray(span) || span.length !== 2 || !span.every(isCount)) fail(`two offsets for "${name}"`, JSON.stringify(span));
  const [from, to] = span as [number, number];
  const wanted = sizeOf(shape as number[]) * SIZES[dtype as StoredType];
  if (to - from !== wanted) fail(`${wanted} bytes for "${name}" of ${dtype} (${(shape as number[]).join(', ')})`, String(to - from));
  return { dtype: dtype as StoredType, shape: shape as number[], span: [from, to] };
}

function readNumbers(view: DataView, start: number, dtype: StoredType, count: number): StoredTensor['data'] {
  const data = new (arrayFor(dtype))(count);
  const size = SIZES[dtype];
  for (let i = 0; i < count; i++) data[i] = readNumber(view, start + i * size, dtype);
  return data;
}

function arrayFor(dtype: StoredType): new (length: number) => Float32Array | Float64Array | Int32Array | Uint8Array {
  if (dtype === 'BOOL') return Uint8Array;
  if (dtype === 'I64' || dtype === 'U64' || dtype === 'U32') return Float64Array;
  return /^[IU]/.test(dtype) ? Int32Array : Float32Array;
}

function readNumber(view: DataView, at: number, dtype: StoredType): number {
  switch (dtype) {
    case 'F64':
      return view.getFloat64(at, true);
    case 'F32':
      return view.getFloat32(at, true);
    case 'I64':
      return Number(view.getBigInt64(at, true));
    case 'U64':
      return Number(view.getBigUint64(at, true));
    case 'I32':
      return view.getInt32(at, true);
    case 'U32':
      return view.getUint32(at, true);
    case 'I16':
      return view.getInt16(at, true);
    case 'U16':
      return view.getUint16(at, true);
    case 'I8':
      return view.getInt8(at);
    case 'U8':
    case 'BOOL':
      return view.getUint8(at);
    case 'F16':
      return halfToNumber(view.getUint16(at, true));
    case 'BF16': {
      // The upper half of a float32.
      const word = new DataView(new ArrayBuffer(4));
      word.setUint32(0, view.getUint16(at, true) << 16);
      return word.getFloat32(0);
    }
  }
}

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
