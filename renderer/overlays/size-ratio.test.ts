import { expect, it } from 'vitest';
import type { Statistics } from '../../core/run/index.ts';
import { findOverlay } from './overlays.ts';
import { ratioText, shareText, sizeRatio } from './size-ratio.ts';

const of = (norm: number | null, count = 4) => ({ norm, count }) as Statistics;

it('sizes are compared number for number, whatever the rows', () => {
  expect(sizeRatio(of(4), of(2))).toBe(1);
  // Four times the numbers of the same size have twice the norm.
  expect(sizeRatio(of(4, 16), of(2, 4))).toBe(0);
  expect([sizeRatio(of(0), of(0)), sizeRatio(of(0), of(1)), sizeRatio(of(1), of(0))]).toEqual([0, -Infinity, Infinity]);
  expect(sizeRatio(of(NaN), of(1))).toBeNaN();
  expect(sizeRatio(null, of(1))).toBeNull();
});

it.each([
  [0, 'same'],
  [1, '×2'],
  [-3, '÷8'],
  [0.5, '×1.41'],
  [Math.log2(100), '×100'],
  [Infinity, 'from 0'],
  [-Infinity, 'to 0'],
  [NaN, 'NaN'],
])('a ratio of 2 to the %d is told as %s', (log, text) => expect(ratioText(log)).toBe(text));

it('are what two overlays show', () => {
  const seen = (norm: number) => ({ value: of(norm), gradient: of(norm * norm) });
  const read = (id: string) => {
    const overlay = findOverlay(id);
    return overlay?.of === 'comparison' ? overlay.read(seen(4), seen(2)) : undefined;
  };
  expect([read('changeOfValues'), read('changeOfGradients')]).toEqual([1, 2]);
});

it('a change is told as a share of what was there', () => {
  expect([0, 0.125, Infinity, NaN, null].map(shareText)).toEqual(['same', '12.5 %', 'from 0', 'NaN', '–']);
});
