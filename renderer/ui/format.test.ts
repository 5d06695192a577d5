import { expect, it } from 'vitest';
import { CIVIDIS, DIVERGING, sampleScale, VIRIDIS } from './color-scales.ts';
import { formatCount, formatNumber, formatPlural } from './format.ts';

it('writes four significant digits', () => {
  expect([0.123456, 12.3456, 1234.56, 0.00001234, 12345678, -2.5, 64, 0].map(formatNumber)).toEqual([
    '0.1235',
    '12.35',
    '1235',
    '1.234e−5',
    '1.235e+7',
    '−2.5',
    '64',
    '0',
  ]);
});

it('names what is no number', () => {
  expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null].map(formatNumber)).toEqual(['NaN', '∞', '−∞', '–']);
});

it('writes counts with separators and the plural of their unit', () => {
  expect(formatCount(1234567)).toBe('1,234,567');
  expect([formatPlural(1, 'step'), formatPlural(0, 'step')]).toEqual(['1 step', '0 steps']);
});

it('runs through a scale from its first to its last colour and stays there', () => {
  expect(sampleScale(VIRIDIS, 0)).toEqual([0x44, 0x01, 0x54]);
  expect(sampleScale(VIRIDIS, 1)).toEqual([0xfd, 0xe7, 0x25]);
  expect(sampleScale(VIRIDIS, 7)).toEqual(sampleScale(VIRIDIS, 1));
  expect(sampleScale(DIVERGING, 0.5)).toEqual([0xf7, 0xf7, 0xf7]);
});

it('grows lighter all the way along the scales for magnitudes', () => {
  for (const scale of [VIRIDIS, CIVIDIS]) {
    const lightness = Array.from({ length: 21 }, (_, i) => {
      const [red, green, blue] = sampleScale(scale, i / 20);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    expect(lightness).toEqual([...lightness].sort((a, b) => a - b));
  }
});
