import { expect, it } from 'vitest';
import { NOT_FINITE_RGB } from '../ui/color-scales.ts';
import { colorsOf, rangeOf } from './heat-colors.ts';

it('N1 gives NaN and both infinities colours that no finite number has', () => {
  const bytes = colorsOf(Float32Array.of(NaN, Infinity, -Infinity, 1, -1), rangeOf({ min: -1, max: 1 }));
  const color = (index: number) => Array.from(bytes.subarray(index * 4, index * 4 + 3));
  expect([0, 1, 2].map(color)).toEqual([NOT_FINITE_RGB.nan, NOT_FINITE_RGB.infinite, NOT_FINITE_RGB.infinite]);
  expect([color(3), color(4)]).toEqual([
    [103, 0, 31],
    [5, 48, 97],
  ]);
});

it('spans zero evenly where there are both signs, and has a span for a constant', () => {
  expect(rangeOf({ min: -1, max: 3 })).toEqual({ low: -3, high: 3, isSigned: true });
  expect(rangeOf({ min: 2, max: 2 })).toEqual({ low: 2, high: 3, isSigned: false });
  expect(rangeOf({ min: null, max: null })).toEqual({ low: 0, high: 1, isSigned: false });
});
