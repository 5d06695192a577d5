import { expect, it } from 'vitest';
import { isVaried, toCurves, toExtraCurve } from './curves.ts';

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

it('draws what was measured in some steps only by those, and nothing where nothing was', () => {
  const points = [
    { step: 1, loss: 5, gradientNorm: 2, learningRate: 0.1 },
    { step: 2, loss: 4, learningRate: 0.1 },
    { step: 3, loss: 4, gradientNorm: Infinity },
  ];
  expect(toExtraCurve(points, [], 'gradientNorm')).toEqual([
    [1, 3],
    [2, null],
  ]);
  expect(toExtraCurve(points, [], 'updateRatio')).toBeNull();
  expect([isVaried(points, 'gradientNorm'), isVaried(points, 'learningRate')]).toEqual([true, false]);
});
