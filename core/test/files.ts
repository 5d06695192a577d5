/** @file Files as NumPy, zip programs and painters write them, for tests in Node. */
import { deflateRawSync, deflateSync } from 'node:zlib';

export interface Npy {
  readonly descr: string;
  readonly shape: readonly number[];
  /** In the order of the file. */
  readonly numbers: readonly number[];
  readonly isFortran?: boolean;
  readonly version?: 1 | 2 | 3;
}

/** As numpy.save writes it. */
export function npyBytes({ descr, shape, numbers, isFortran = false, version = 1 }: Npy): Uint8Array {
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const dict = `{'descr': '${descr}', 'fortran_order': ${isFortran ? 'True' : 'False'}, 'shape': ${tuple}, }`;
  const before = version === 1 ? 10 : 12;
  const length = Math.ceil((before + dict.length + 1) / 64) * 64 - before;
  const head = Buffer.alloc(before + length, ' ');
  head.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  if (version === 1) head.writeUInt16LE(length, 8);
  else head.writeUInt32LE(length, 8);
  head.write(`${dict.padEnd(length - 1)}\n`, before, 'latin1');
  const size = Number(descr.slice(2)) || 0;
  const body = Buffer.alloc(size * numbers.length);
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const little = descr[0] !== '>';
  for (const [i, number] of numbers.entries()) write(view, descr.slice(1), i * size, number, little);
  return Uint8Array.from(Buffer.concat([head, body]));
}

function write(view: DataView, kind: string, at: number, number: number, little: boolean): void {
  if (kind === 'f4') view.setFloat32(at, number, little);
  else if (kind === 'f8') view.setFloat64(at, number, little);
  else if (kind === 'f2') view.setUint16(at, halfOf(number), little);
  else if (kind === 'i8') view.setBigInt64(at, BigInt(number), little);
  else if (kind === 'i4') view.setInt32(at, number, little);
  else if (kind === 'i2') view.setInt16(at, number, little);
  else view.setUint8(at, number);
}

/** Of those that float16 holds. */
function halfOf(number: number): number {
  if (number === 0) return 0;
  const sign = number < 0 ? 0x8000 : 0;
  const size = Math.abs(number);
  const exponent = Math.floor(Math.log2(size));
  return exponent < -14
    ? sign | Math.round(size / 2 ** -24)
    : sign | ((exponent + 15) << 10) | Math.round((size / 2 ** exponent - 1) * 1024);
}

const TABLE = Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

export function zipBytes(files: Readonly<Record<string, Uint8Array>>, isPacked = true): Uint8Array {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const data = isPacked ? deflateRawSync(bytes) : Buffer.from(bytes);
    const named = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(isPacked ? 8 : 0, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(named.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, named, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    list.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, tail, named]));
    parts.push(local);
    at += local.length;
  }
  const entries = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(list.length, 8);
  end.writeUInt16LE(list.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  return Uint8Array.from(Buffer.concat([...parts, entries, end]));
}

export interface Png {
  readonly width: number;
  readonly height: number;
  readonly color: 0 | 2 | 3 | 4 | 6;
  readonly depth?: number;
  /** Samples row by row, before a filter. */
  readonly data: Uint8Array;
  readonly palette?: Uint8Array;
  readonly filter?: 0 | 1 | 2 | 3 | 4;
}

export function pngBytes({ width, height, color, depth = 8, data, palette, filter = 0 }: Png): Uint8Array {
  const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[color];
  const row = Math.ceil((width * depth * samples) / 8);
  const step = Math.max(1, (depth * samples) >> 3);
  const rows: number[] = [];
  for (let y = 0; y * row < data.length; y++) {
    rows.push(filter);
    for (let x = 0; x < row; x++) {
      const at = (dx: number, dy: number): number => (x - dx < 0 || y - dy < 0 ? 0 : data[(y - dy) * row + x - dx]!);
      const [left, up, corner] = [at(step, 0), at(0, 1), at(step, 1)];
      const guess = left + up - corner;
      const nearest = [left, up, corner].toSorted((a, b) => Math.abs(guess - a) - Math.abs(guess - b))[0]!;
      const taken = [0, left, up, (left + up) >> 1, nearest][filter]!;
      rows.push((data[y * row + x]! - taken) & 255);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, color, 0, 0, 0], 8);
  const chunks = [
    chunk('IHDR', head),
    ...(palette ? [chunk('PLTE', palette)] : []),
    chunk('IDAT', deflateSync(Uint8Array.from(rows))),
    chunk('IEND', new Uint8Array()),
  ];
  return Uint8Array.from(Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), ...chunks]));
}

function chunk(type: string, data: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, crc]);
}
