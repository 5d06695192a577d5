/** @file Files as other programs write them (Node's own zlib, and bytes by hand as the formats say), read here. */
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfText, textOfBytes } from './bytes.ts';
import { DamagedData, inflate } from './inflate.ts';
import { readNpy } from './npy.ts';
import { inChannels, readPng } from './png.ts';
import { writeZip } from './write-zip.ts';
import { readZip } from './zip.ts';
import { npyBytes, pngBytes, zipBytes } from '../../test/files.ts';

describe('packed data', () => {
  it('are unpacked as zlib packs them, at every level', () => {
    const data = fc.oneof(
      fc.uint8Array({ maxLength: 3000 }),
      fc.array(fc.constantFrom(1, 2, 3), { maxLength: 5000 }).map((list) => Uint8Array.from(list)),
    );
    fc.assert(
      fc.property(data, fc.integer({ min: 0, max: 9 }), (bytes, level) => {
        const unpacked = inflate(deflateRawSync(bytes, { level }), bytes.length);
        return Buffer.compare(Buffer.from(unpacked), Buffer.from(bytes)) === 0;
      }),
      { seed: 1, numRuns: 60 },
    );
    const long = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) % 251);
    expect(Buffer.from(inflate(deflateRawSync(long), long.length)).equals(Buffer.from(long))).toBe(true);
  });

  it('that are damaged are said to be so, and nothing else happens', () => {
    const packed = deflateRawSync(Uint8Array.from({ length: 500 }, (_, i) => i % 7));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: packed.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const broken = Uint8Array.from(packed);
        broken[at]! ^= change;
        try {
          return inflate(broken, 500).length === 500;
        } catch (error) {
          return error instanceof DamagedData;
        }
      }),
      { seed: 1, numRuns: 200 },
    );
    expect(() => inflate(packed.subarray(0, 4), 500)).toThrow('end too early');
    expect(() => inflate(packed, 499)).toThrow('more than the archive says');
  });
});

it('bytes as text are the same bytes again', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => Buffer.from(bytesOfText(textOfBytes(bytes), 'x')).equals(Buffer.from(bytes))),
    { seed: 1 },
  );
  expect(textOfBytes(Uint8Array.of(0, 255, 7))).toBe(`base64,${Buffer.from([0, 255, 7]).toString('base64')}`);
});

describe('arrays of NumPy', () => {
  it.each([
    ['<f4', [1.5, -2, 3, 4, 5, 6], false],
    ['>f4', [1.5, -2, 3, 4, 5, 6], false],
    ['<f8', [0.1, 1e300, 3, 4, 5, 6].map(Math.fround), false],
    ['<f2', [1, -0.5, 65504, 2 ** -24, 0, 2], false],
    ['<i8', [1, -2, 3, 4, 5, 2 ** 31 - 1], true],
    ['|u1', [1, 2, 255, 4, 5, 6], true],
    ['|b1', [1, 0, 1, 0, 1, 1], true],
    ['>i2', [1, -2, 300, 4, 5, 6], true],
  ] as const)('of %s are their numbers', (descr, numbers, isInteger) => {
    for (const version of [1, 2, 3] as const) {
      const read = readNpy(npyBytes({ descr, shape: [2, 3], numbers, version }), 'a.npy');
      expect([...read.data]).toEqual([...numbers]);
      expect(read).toMatchObject({ shape: [2, 3], isInteger });
    }
  });

  it('with the first axis fastest are read the other way round', () => {
    // [[1, 2, 3], [4, 5, 6]] as Fortran keeps it.
    const bytes = npyBytes({ descr: '<f4', shape: [2, 3], numbers: [1, 4, 2, 5, 3, 6], isFortran: true });
    expect([...readNpy(bytes, 'a.npy').data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    ['text', new TextEncoder().encode('a,b\n1,2\n'), 'is no array of NumPy'],
    ['complex numbers', npyBytes({ descr: '<c8', shape: [1], numbers: [] }), "'<c8', which are no numbers"],
    ['objects', npyBytes({ descr: '|O', shape: [1], numbers: [] }), "'|O', which are no numbers"],
    ['too few numbers', npyBytes({ descr: '<f4', shape: [9], numbers: [1, 2] }), 'fewer numbers than its shape (9) says'],
    ['vast whole numbers', npyBytes({ descr: '<i8', shape: [1], numbers: [2 ** 40] }), 'which int32 cannot hold'],
  ])('are refused in words: %s', (_, bytes, message) => {
    expect(() => readNpy(bytes, 'a.npy')).toThrow(message);
  });
});

describe('zips', () => {
  it('give their files by name, packed or not, folders left out', () => {
    const files = { 'a/one.txt': new TextEncoder().encode('one '.repeat(50)), 'ü.txt': Uint8Array.of(1, 2, 3) };
    for (const isPacked of [true, false]) {
      const entries = readZip(zipBytes(files, isPacked), 'x.zip');
      expect(entries.map(({ name }) => name)).toEqual(Object.keys(files));
      expect(entries.map((entry) => [...entry.bytes()])).toEqual(Object.values(files).map((bytes) => [...bytes]));
    }
  });

  it('that are written here are read again', () => {
    const files = [
      { name: 'pets/größe/1.png', bytes: Uint8Array.of(1, 2, 3) },
      { name: 'b', bytes: new Uint8Array() },
    ];
    expect(readZip(writeZip(files), 'x.zip').map((entry) => ({ name: entry.name, bytes: entry.bytes() }))).toEqual(files);
  });

  it.each([
    ['no zip', new Uint8Array(100), 'is no zip, or is cut off'],
    ['one that is cut off', zipBytes({ a: Uint8Array.of(1) }, false).slice(0, 30), 'is no zip, or is cut off'],
  ])('are refused in words: %s', (_, bytes, message) => {
    expect(() => readZip(bytes, 'x.zip')).toThrow(message);
  });
});

describe('pictures', () => {
  it.each([0, 1, 2, 3, 4] as const)('are read whatever their rows are written as: %i', (filter) => {
    const data = Uint8Array.from({ length: 4 * 3 * 3 }, (_, i) => (i * 37) % 256);
    expect(readPng(pngBytes({ width: 4, height: 3, color: 2, data, filter }), 'a.png')).toEqual({ width: 4, height: 3, channels: 3, data });
  });

  it('of gray, with what shines through, of a palette and of few bits have the same numbers as others read', () => {
    const gray = Uint8Array.of(0, 80, 160, 255);
    expect([...readPng(pngBytes({ width: 2, height: 2, color: 0, data: gray }), 'a.png').data]).toEqual([...gray]);
    expect([...readPng(pngBytes({ width: 2, height: 1, color: 4, data: Uint8Array.of(7, 255, 9, 0) }), 'a.png').data]).toEqual([7, 9]);
    const palette = Uint8Array.of(1, 2, 3, 250, 251, 252);
    expect([...readPng(pngBytes({ width: 2, height: 1, color: 3, data: Uint8Array.of(1, 0), palette }), 'a.png').data]).toEqual([
      250, 251, 252, 1, 2, 3,
    ]);
    // Eight pixels of one bit in a byte.
    expect([...readPng(pngBytes({ width: 8, height: 1, color: 0, depth: 1, data: Uint8Array.of(0b10110001) }), 'a.png').data]).toEqual([
      255, 0, 255, 255, 0, 0, 0, 255,
    ]);
  });

  it('of colours as gray are what Pillow makes of them', () => {
    // Image.new('RGB', (1, 1), (200, 100, 50)).convert('L').getpixel((0, 0)) == 124
    expect([...inChannels({ width: 1, height: 1, channels: 3, data: Uint8Array.of(200, 100, 50) }, 1)]).toEqual([124]);
    expect([...inChannels({ width: 1, height: 1, channels: 1, data: Uint8Array.of(9) }, 3)]).toEqual([9, 9, 9]);
  });

  it.each([
    ['another format', Uint8Array.of(255, 216, 255, 224), 'is no PNG, whatever its name says'],
    ['sixteen bits', pngBytes({ width: 1, height: 1, color: 0, depth: 16, data: Uint8Array.of(1, 2) }), '16 bits for each channel'],
    ['one that is cut off', pngBytes({ width: 4, height: 4, color: 0, data: new Uint8Array(16) }).slice(0, 50), 'is cut off'],
    ['one with fewer pixels than it says', pngBytes({ width: 4, height: 4, color: 0, data: new Uint8Array(8) }), 'is damaged'],
  ])('are refused in words: %s', (_, bytes, message) => {
    expect(() => readPng(bytes, 'a.png')).toThrow(message);
  });
});
