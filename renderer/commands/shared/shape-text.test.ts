import { expect, it } from 'vitest';
import { readShape, writeShape } from './shape-text.ts';

it('reads lengths, names and expressions over fields', () => {
  expect(readShape('batch, 64', [])).toEqual({ ok: true, shape: ['batch', 64] });
  expect(readShape('(batch, 4 * width, width)', ['width'])).toEqual({ ok: true, shape: ['batch', { $: '4 * width' }, { $: 'width' }] });
  expect(readShape('batch,', [])).toEqual({ ok: true, shape: ['batch'] });
  expect(readShape('batch 8 width', ['width'])).toEqual({ ok: true, shape: ['batch', 8, { $: 'width' }] });
});

it('tells no shape from the shape of a scalar', () => {
  expect(readShape('  ', [])).toEqual({ ok: true, shape: null });
  expect(readShape('()', [])).toEqual({ ok: true, shape: [] });
});

it('refuses what is no length and says what was expected', () => {
  for (const text of ['batch, 0', 'batch,, 3', 'batch, 6$']) {
    const reading = readShape(text, []);
    expect(reading.ok).toBe(false);
    expect(!reading.ok && reading.message).toMatch(/^Expected lengths such as batch, 64, got /);
  }
});

it('writes what it reads', () => {
  for (const text of ['batch, 64', 'batch, 4 * width, 3', '']) {
    const reading = readShape(text, ['width']);
    expect(reading.ok && writeShape(reading.shape)).toBe(text);
  }
});
