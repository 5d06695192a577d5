import { expect, it } from 'vitest';
import { scaleFor } from './rasterize.ts';

it('draws at twice the size, and less large what no browser could draw', () => {
  expect(scaleFor({ width: 1000, height: 800 })).toBe(2);
  expect(scaleFor({ width: 40_000, height: 100 })).toBeCloseTo(0.4);
  const both = scaleFor({ width: 15_000, height: 15_000 });
  expect(both ** 2 * 15_000 ** 2).toBeLessThanOrEqual(120_000_001);
});
