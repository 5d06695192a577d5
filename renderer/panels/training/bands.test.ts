import { expect, it } from 'vitest';
import { bandColumns } from './bands.ts';

it('has a column for each quantile, with a gap where no element is finite', () => {
  const spreads = [
    { step: 0, values: [{ quantiles: [1, 2, 3, 4, 5, 6, 7], notFinite: 0 }] },
    { step: 4, values: [{ quantiles: null, notFinite: 9 }] },
    { step: 8, values: [null] },
  ];
  const columns = bandColumns(spreads, 0);
  expect(columns.length).toBe(8);
  expect([columns[0], columns[1], columns[7]]).toEqual([
    [0, 4, 8],
    [1, null, null],
    [7, null, null],
  ]);
});
