import { array, assert, constantFrom, dictionary, float, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { fileOf } from './testing.ts';

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

  it('never reads outside the file, whatever byte is wrong', () => {
    const bytes = writeSafetensors({
      a: { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) },
      b: { dtype: 'I32', shape: [1], data: Int32Array.of(3) },
    });
    assert(
      property(record({ at: constantFrom(...bytes.keys()), value: constantFrom(0, 1, 32, 48, 57, 91, 125, 255) }), ({ at, value }) => {
        const changed = bytes.slice();
        changed[at] = value;
        try {
          readSafetensors(changed);
        } catch (error) {
          expect((error as Error).name).toBe('ValueError');
        }
      }),
      { seed: 5 },
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
});
