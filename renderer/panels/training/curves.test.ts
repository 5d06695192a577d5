import { expect, it } from 'vitest';
import { toCurves } from './curves.ts';

const course = (id: number, ...losses: readonly number[]) => ({
  id,
  name: `Training ${id}`,
  from: null,
  points: losses.map((loss, i) => ({ step: i + 1, loss })),
});

it('lays earlier trainings over the steps of the present one, which has none behind its own', () => {
  const { loss, isPositive } = toCurves([{ step: 1, loss: 5, testLoss: 6 }], [course(1, 5, NaN, 3)]);
  expect(loss).toEqual([
    [1, 2, 3],
    [5, null, 3],
    [5, undefined, undefined],
    [6, undefined, undefined],
  ]);
  expect(isPositive).toBe(true);
});

it('has a logarithmic axis only where the earlier ones fit on it, too', () => {
  expect(toCurves([{ step: 1, loss: 5 }], [course(1, -1)]).isPositive).toBe(false);
});
