/** @file A zip of files as they are, for folders that a person chooses. */

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** UTF-8. */
function bytesOfName(name: string): Uint8Array {
  const coded = encodeURIComponent(name).matchAll(/%([0-9A-F]{2})|(.)/g);
  return Uint8Array.from([...coded], ([, hex, letter]) => (hex === undefined ? letter!.charCodeAt(0) : parseInt(hex, 16)));
}

export interface NamedBytes {
  /** With folders. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Stored, not packed: pictures are packed themselves. */
export function writeZip(files: readonly NamedBytes[]): Uint8Array {
  const named = files.map(({ name, bytes }) => ({ name: bytesOfName(name), bytes, crc: crcOf(bytes) }));
  const size = named.reduce((sum, { name, bytes }) => sum + 30 + 46 + 2 * name.length + bytes.length, 22);
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  let at = 0;
  const put16 = (value: number): void => {
    view.setUint16(at, value, true);
    at += 2;
  };
  const put32 = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const put = (bytes: Uint8Array): void => {
    out.set(bytes, at);
    at += bytes.length;
  };
  /** What stands both before a file and in the list: names are UTF-8, the date is the first that a zip knows. */
  const common = ({ name, bytes, crc }: (typeof named)[number]): void => {
    for (const value of [20, 0x800, 0, 0, 0x21]) put16(value);
    for (const value of [crc, bytes.length, bytes.length]) put32(value);
    put16(name.length);
    put16(0);
  };
  const starts = named.map((each) => {
    const start = at;
    put32(0x04034b50);
    common(each);
    put(each.name);
    put(each.bytes);
    return start;
  });
  const list = at;
  for (const [i, each] of named.entries()) {
    put32(0x02014b50);
    put16(20);
    common(each);
    for (const value of [0, 0, 0]) put16(value);
    put32(0);
    put32(starts[i]!);
    put(each.name);
  }
  const length = at - list;
  put32(0x06054b50);
  for (const value of [0, 0, named.length, named.length]) put16(value);
  put32(length);
  put32(list);
  put16(0);
  return out;
}
