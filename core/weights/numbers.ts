/** @file Numbers as safetensors files store them: little-endian, widened to the arrays that tensors are made of. */

export type StoredType = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U64' | 'U32' | 'U16' | 'U8' | 'BOOL';
export type StoredNumbers = Float32Array | Float64Array | Int32Array | Uint8Array;

interface Storage {
  readonly bytes: number;
  readonly array: new (length: number) => StoredNumbers;
  readonly read: (view: DataView, at: number) => number;
}

const word = new DataView(new ArrayBuffer(4));

/** All that IEEE 754 binary16 can say, by its bits: made when the first such number is read. */
let halves: Float32Array | null = null;

function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

function readHalf(view: DataView, at: number): number {
  halves ??= Float32Array.from({ length: 0x10000 }, (_, bits) => halfToNumber(bits));
  return halves[view.getUint16(at, true)]!;
}

/** bfloat16 is the upper half of a float32. */
function readBrainFloat(view: DataView, at: number): number {
  word.setUint16(0, view.getUint16(at, true));
  return word.getFloat32(0);
}

const STORAGE: Readonly<Record<StoredType, Storage>> = {
  F64: { bytes: 8, array: Float32Array, read: (view, at) => view.getFloat64(at, true) },
  F32: { bytes: 4, array: Float32Array, read: (view, at) => view.getFloat32(at, true) },
  F16: { bytes: 2, array: Float32Array, read: readHalf },
  BF16: { bytes: 2, array: Float32Array, read: readBrainFloat },
  I64: { bytes: 8, array: Float64Array, read: (view, at) => Number(view.getBigInt64(at, true)) },
  I32: { bytes: 4, array: Int32Array, read: (view, at) => view.getInt32(at, true) },
  I16: { bytes: 2, array: Int32Array, read: (view, at) => view.getInt16(at, true) },
  I8: { bytes: 1, array: Int32Array, read: (view, at) => view.getInt8(at) },
  U64: { bytes: 8, array: Float64Array, read: (view, at) => Number(view.getBigUint64(at, true)) },
  U32: { bytes: 4, array: Float64Array, read: (view, at) => view.getUint32(at, true) },
  U16: { bytes: 2, array: Int32Array, read: (view, at) => view.getUint16(at, true) },
  U8: { bytes: 1, array: Int32Array, read: (view, at) => view.getUint8(at) },
  BOOL: { bytes: 1, array: Uint8Array, read: (view, at) => view.getUint8(at) },
};

export const STORED_TYPES = Object.keys(STORAGE) as readonly StoredType[];

export function isStoredType(value: unknown): value is StoredType {
  return typeof value === 'string' && Object.hasOwn(STORAGE, value);
}

/** Bytes of one number. */
export function bytesOf(dtype: StoredType): number {
  return STORAGE[dtype].bytes;
}

/** So many numbers from byte `start` on. */
export function readNumbers(view: DataView, start: number, dtype: StoredType, count: number): StoredNumbers {
  const { bytes, array, read } = STORAGE[dtype];
  const numbers = new array(count);
  for (let i = 0, at = start; i < count; i++, at += bytes) numbers[i] = read(view, at);
  return numbers;
}
