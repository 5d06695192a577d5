import { array, assert, dictionary, float, nat, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ValueError } from '../nnx/errors.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { fileOf } from './testing.ts';

function refusalOf(bytes: Uint8Array): string {
  try {
    return JSON.stringify(readSafetensors(bytes));
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the format', () => {
  const tensor = array(float({ noNaN: true }), { maxLength: 6 }).map((numbers) => ({
    dtype: 'F32' as const,
    shape: [numbers.length],
    data: Float32Array.from(numbers),
  }));

  it('gives back what was written, under any names', () => {
    const tensors = dictionary(
      string({ minLength: 1 }).filter((name) => name !== '__metadata__' && name !== '__proto__'),
      tensor,
    );
    assert(
      property(tensors, (given) => {
        expect(readSafetensors(writeSafetensors(given)).tensors).toEqual({ ...given });
      }),
      { seed: 11 },
    );
  });

  it('refuses damaged files with a reason', () => {
    const bytes = writeSafetensors({ a: { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) } });
    expect(() => readSafetensors(bytes.subarray(0, 4))).toThrow('at least 8 bytes');
    expect(() => readSafetensors(bytes.subarray(0, bytes.length - 1))).toThrow('inside the file');
    expect(() => readSafetensors(Uint8Array.of(255, 255, 255, 255, 255, 0, 0, 0))).toThrow('a header inside the file');
    const broken = bytes.slice();
    broken[8] = 0x5b;
    expect(() => readSafetensors(broken)).toThrow('a JSON object as the header');
  });

  it.each([
    ['{"__metadata__":{"a":1}}', 0, 'texts by name as __metadata__ in the safetensors file, got {"a":1}'],
    ['{"__metadata__":null}', 0, 'texts by name as __metadata__'],
    ['{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}', 1, 'a type among F64, F32'],
    ['{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', 4, 'a shape for "a" in the safetensors file, got [-1]'],
    ['{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}', 4, 'a shape for "a"'],
    ['{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}', 4, 'two offsets for "a"'],
    ['{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}', 4, '4 bytes for "a" of F32 (1) in the safetensors file, got -4'],
    ['{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', 4, '8 bytes for "a"'],
    ['{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', 8, 'numbers from byte 0 on'],
    [
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
      4,
      'numbers from byte 4 on in the safetensors file, got numbers from byte 0 on',
    ],
    ['{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 8, '4 bytes of numbers in the safetensors file, got 8'],
    ['{"a":5}', 0, 'a type among'],
    ['{"a":{"dtype":"F32","shape":[9007199254740991,9007199254740991],"data_offsets":[0,4]}}', 4, 'bytes for "a"'],
  ])('refuses %s', (header, numBytes, reason) => {
    expect(() => readSafetensors(fileOf(header, numBytes))).toThrow(reason);
  });

  it('refuses to write what could not be read', () => {
    const data = Float32Array.of(1, 2);
    expect(() => writeSafetensors({ __metadata__: { dtype: 'F32', shape: [2], data } })).toThrow('another name than "__metadata__"');
    expect(() => writeSafetensors({ a: { dtype: 'F32', shape: [3], data } })).toThrow('Expected 3 numbers in "a" of shape (3), got 2.');
    expect(() => writeSafetensors({ a: { dtype: 'F16', shape: [2], data } })).toThrow('Expected F32, I32 or BOOL to write "a", got F16.');
  });

  it.each([
    ['{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},"\\u0061":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}', 1, '"a" twice'],
    ['{"a":{"dtype":"I8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}', 1, '"dtype" twice'],
    ['{"__metadata__":["a"]}', 0, 'texts by name as __metadata__'],
    [' {}', 0, 'a JSON object as the header'],
    ['{"a":{"dtype":"I8","shape":[0],"data_offsets":[1,1]}}', 0, 'the numbers of "a" inside the file'],
    [
      '{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"I8","shape":[1],"data_offsets":[2,3]}}',
      3,
      'numbers from byte 1 on in the safetensors file, got numbers from byte 2 on',
    ],
  ])('X11 refuses %s', (header, numBytes, reason) => {
    expect(() => readSafetensors(fileOf(header, numBytes))).toThrow(reason);
  });

  it('X11 takes texts that look like names for texts', () => {
    const header = '{"__metadata__":{"a":"b","b":"a\\":"},"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}';
    expect(readSafetensors(fileOf(header, 1)).metadata).toEqual({ a: 'b', b: 'a":' });
  });

  it('X11 refuses truth values that are neither 0 nor 1', () => {
    const bytes = fileOf('{"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}', 2);
    bytes[bytes.length - 1] = 7;
    expect(() => readSafetensors(bytes)).toThrow('Expected 0 and 1 as the truth values of "a" in the safetensors file, got 7.');
  });

  it.each([
    ['a slash in two bytes', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['what is beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['a stray byte', [0x80]],
  ])('X11 refuses a name with %s', (_, name) => {
    const bytes = fileOf(`{"${'?'.repeat(name.length)}":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}`, 1);
    bytes.set(name, 10);
    expect(() => readSafetensors(bytes)).toThrow('a JSON object as the header');
  });

  it('X11 repeats only the beginning of what is wrong', () => {
    const long = 'x'.repeat(1e6);
    for (const header of [`{"${long}":5}`, `{"a":{"dtype":"${long}"}}`, `{"__metadata__":["${long}"]}`, `{"${long}":1,"${long}":1}`])
      expect(refusalOf(fileOf(header, 0)).length).toBeLessThan(500);
  });

  it('X11 reads a file with wrong bytes, or says shortly what is wrong, and never reads outside of it', () => {
    const bytes = writeSafetensors(
      {
        a: { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) },
        b: { dtype: 'BOOL', shape: [3], data: Uint8Array.of(0, 1, 1) },
        c: { dtype: 'I32', shape: [1, 1], data: Int32Array.of(3) },
      },
      { format: 'flax.nnx' },
    );
    const changes = array(record({ at: nat(bytes.length - 1), value: nat(255) }), { minLength: 1, maxLength: 3 });
    assert(
      property(changes, nat(3), (wrong, cut) => {
        const changed = bytes.slice(0, bytes.length - cut);
        for (const { at, value } of wrong) changed[at] = value;
        try {
          for (const { shape, data } of Object.values(readSafetensors(changed).tensors))
            expect(data.length).toBe(shape.reduce((size, length) => size * length, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(ValueError);
          expect((error as Error).message.length).toBeLessThan(500);
        }
      }),
      { seed: 5, numRuns: 2000 },
    );
  });

  it('widens half precision', () => {
    const header = JSON.stringify({
      h: { dtype: 'F16', shape: [3], data_offsets: [0, 6] },
      b: { dtype: 'BF16', shape: [1], data_offsets: [6, 8] },
    }).padEnd(120);
    const bytes = new Uint8Array(8 + 120 + 8);
    const view = new DataView(bytes.buffer);
    view.setBigUint64(0, 120n, true);
    bytes.set(
      [...header].map((character) => character.charCodeAt(0)),
      8,
    );
    for (const [index, bits] of [0x3c00, 0xc100, 0x0001, 0x4049].entries()) view.setUint16(128 + index * 2, bits, true);
    const { tensors } = readSafetensors(bytes);
    expect([...tensors['h']!.data]).toEqual([1, -2.5, Math.fround(2 ** -24)]);
    expect([...tensors['b']!.data]).toEqual([3.140625]);
  });

  it('X3 widens many halves through as many views of the file as two', () => {
    const viewsFor = (dtype: string, count: number): number => {
      const bytes = fileOf(`{"a":{"dtype":"${dtype}","shape":[${count}],"data_offsets":[0,${2 * count}]}}`, 2 * count);
      const Plain = globalThis.DataView;
      let made = 0;
      globalThis.DataView = new Proxy(Plain, {
        construct(target, args) {
          made++;
          return Reflect.construct(target, args) as object;
        },
      });
      try {
        readSafetensors(bytes);
      } finally {
        globalThis.DataView = Plain;
      }
      return made;
    };
    for (const dtype of ['BF16', 'F16']) {
      expect(viewsFor(dtype, 2)).toBeGreaterThan(0);
      expect(viewsFor(dtype, 20_000)).toBe(viewsFor(dtype, 2));
    }
  });
});
