import { describe, expect, it } from 'vitest';
import { p, type ParamSpec } from '../../../core/spec/index.ts';
import { readArgument, unknownNames, writeArgument } from './argument-text.ts';

const doc = 'For the test.';
const read = (spec: ParamSpec, text: string) => {
  const reading = readArgument('size', spec, text);
  return reading.ok ? reading.value : reading.message;
};

describe('numbers', () => {
  const size = p.int({ min: 1, doc });

  it('are read as values', () => {
    expect(read(size, ' 64 ')).toBe(64);
    expect(read(p.float({ doc }), '1e-3')).toBe(0.001);
  });

  it('may be expressions over the fields', () => {
    expect(read(size, '4 * width')).toEqual({ $: '4 * width' });
  });

  it('are cleared by an empty field', () => {
    expect(read(size, '')).toBeUndefined();
  });

  it('are refused outside their range, with what was expected and got', () => {
    expect(read(size, '0')).toMatch(/Expected size .*1.*got 0/);
    expect(read(size, '2.5')).toMatch(/integer.*got 2\.5/);
  });

  it('are refused where they are no number at all', () => {
    expect(read(size, '6$')).toBe('Expected a whole number or an expression over the fields for size, got "6$".');
  });
});

describe('lists', () => {
  const sizes = p.ints({ doc });

  it('are read with and without brackets', () => {
    expect(read(sizes, '3')).toBe(3);
    expect(read(sizes, '3, 5')).toEqual([3, 5]);
    expect(read(sizes, '[3, 5]')).toEqual([3, 5]);
    expect(read(sizes, '(3,)')).toEqual([3]);
    expect(read(sizes, 'width, 2 * (width + 1)')).toEqual([{ $: 'width' }, { $: '2 * (width + 1)' }]);
  });

  it('of pairs are paddings', () => {
    const padding = p.padding({ doc });
    expect(read(padding, 'SAME')).toBe('SAME');
    expect(read(padding, '(1, 2), (0, 0)')).toEqual([
      [1, 2],
      [0, 0],
    ]);
  });

  it('come back as they were written', () => {
    for (const text of ['3', '3, 5', '(1, 2), (0, 0)', 'SAME']) {
      const reading = readArgument('padding', p.padding({ doc }), text);
      expect(reading.ok && writeArgument(reading.value)).toBe(text);
    }
  });
});

it('takes none only where the parameter can be none', () => {
  expect(read(p.text.nullable({ doc }), 'none')).toBeNull();
  expect(read(p.int({ doc }), 'none')).toMatch(/cannot be none/);
});

it('names what an expression uses and the class does not have', () => {
  expect(unknownNames({ $: '4 * width + depth' }, ['width'])).toEqual(['depth']);
  expect(unknownNames(64, [])).toEqual([]);
});
