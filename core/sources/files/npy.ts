/**
 * @file Arrays as NumPy writes them: the NPY format, versions 1 to 3 (numpy/lib/format.py), in either byte order and either order of axes.
 */
import { fail } from '../../spec/run-error.ts';
import { textOf } from './zip.ts';

export interface NpyArray {
  readonly shape: readonly number[];
  /** As NumPy prints it: `float64`, `uint8`. */
  readonly dtype: string;
  /** Whole numbers, or truth values as 0 and 1. */
  readonly isInteger: boolean;
  /** In row-major order, whatever the file's is. */
  readonly data: Float32Array | Int32Array;
}

const MAGIC = '\u0093NUMPY';
const FIX = 'Save it by numpy.save, as numbers of float16, float32, float64, int8 to int64, uint8 to uint32, or bool.';

type Read = (view: DataView, at: number, isLittle: boolean) => number;
const KINDS: Readonly<Record<string, { readonly name: string; readonly size: number; readonly isInteger: boolean; readonly read: Read }>> =
  {
    b1: { name: 'bool', size: 1, isInteger: true, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
    i1: { name: 'int8', size: 1, isInteger: true, read: (view, at) => view.getInt8(at) },
    u1: { name: 'uint8', size: 1, isInteger: true, read: (view, at) => view.getUint8(at) },
    i2: { name: 'int16', size: 2, isInteger: true, read: (view, at, little) => view.getInt16(at, little) },
    u2: { name: 'uint16', size: 2, isInteger: true, read: (view, at, little) => view.getUint16(at, little) },
    i4: { name: 'int32', size: 4, isInteger: true, read: (view, at, little) => view.getInt32(at, little) },
    u4: { name: 'uint32', size: 4, isInteger: true, read: (view, at, little) => view.getUint32(at, little) },
    i8: { name: 'int64', size: 8, isInteger: true, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
    u8: { name: 'uint64', size: 8, isInteger: true, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
    f2: { name: 'float16', size: 2, isInteger: false, read: readHalf },
    f4: { name: 'float32', size: 4, isInteger: false, read: (view, at, little) => view.getFloat32(at, little) },
    f8: { name: 'float64', size: 8, isInteger: false, read: (view, at, little) => view.getFloat64(at, little) },
  };

function readHalf(view: DataView, at: number, isLittle: boolean): number {
  const bits = view.getUint16(at, isLittle);
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 0x1f, bits & 0x3ff];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The head alone: what the numbers are, without reading them. */
export function readNpyHead(bytes: Uint8Array, file: string): Omit<NpyArray, 'data'> {
  const { shape, kind } = headOf(bytes, file);
  return { shape, dtype: kind.name, isInteger: kind.isInteger };
}

/** `file` is its name, for whoever is told. @throws RunError where it is none, or holds no numbers */
export function readNpy(bytes: Uint8Array, file: string): NpyArray {
  const { shape, kind, isLittle, isFortran, start, view } = headOf(bytes, file);
  const count = shape.reduce((product, length) => product * length, 1);
  if (bytes.length < start + count * kind.size)
    return fail('npy/cut-off', `"${file}" holds fewer numbers than its shape (${shape.join(', ')}) says: it is cut off.`, 'Copy it again.');
  const read = (i: number): number => kind.read(view, start + i * kind.size, isLittle);
  const data = kind.isInteger ? new Int32Array(count) : new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const value = read(isFortran ? fortranIndex(i, shape) : i);
    data[i] = value;
    if (kind.isInteger && data[i] !== value)
      return fail(
        'npy/too-large',
        `"${file}" holds ${value}, which int32 cannot hold.`,
        'Make the numbers smaller, or save them as float32.',
      );
  }
  return { shape, dtype: kind.name, isInteger: kind.isInteger, data };
}

/** Where the number that comes i-th in row-major order lies with the first axis fastest. */
function fortranIndex(i: number, shape: readonly number[]): number {
  let [at, rest] = [0, i];
  const places = shape.map(() => 0);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    places[axis] = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  let stride = 1;
  for (let axis = 0; axis < shape.length; axis++) {
    at += places[axis]! * stride;
    stride *= shape[axis]!;
  }
  return at;
}

function headOf(bytes: Uint8Array, file: string) {
  const magic = String.fromCharCode(...bytes.subarray(0, 6));
  if (magic !== MAGIC) return fail('npy/no-array', `"${file}" is no array of NumPy: it does not begin as one.`, FIX);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6]!;
  if (version < 1 || version > 3)
    return fail('npy/version', `"${file}" is of version ${version} of the format; 1 to 3 are read here.`, FIX);
  const [length, from] = version === 1 ? [view.getUint16(8, true), 10] : [view.getUint32(8, true), 12];
  const start = from + length;
  const head = textOf(bytes.subarray(from, start));
  const descr = /'descr'\s*:\s*'([<>|=])?([a-zA-Z]\d+)'/.exec(head);
  const shapeText = /'shape'\s*:\s*\(([^)]*)\)/.exec(head)?.[1];
  const kind = descr && Object.hasOwn(KINDS, descr[2]!) ? KINDS[descr[2]!] : undefined;
  if (start > bytes.length || shapeText === undefined)
    return fail('npy/cut-off', `The head of "${file}" is cut off or damaged.`, 'Copy it again.');
  if (!descr || !kind) {
    const named = /'descr'\s*:\s*(\[[^\]]*\]|'[^']*')/.exec(head)?.[1] ?? 'nothing';
    return fail('npy/dtype', `"${file}" holds ${named.slice(0, 80)}, which are no numbers that are read here.`, FIX);
  }
  const shape = shapeText.split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part.replace(/L$/, ''))]));
  if (shape.some((each) => !Number.isInteger(each) || each < 0))
    return fail('npy/cut-off', `The head of "${file}" is damaged: its shape is (${shapeText}).`, 'Copy it again.');
  return { shape, kind, isLittle: descr[1] !== '>', isFortran: /'fortran_order'\s*:\s*True/.test(head), start, view };
}
