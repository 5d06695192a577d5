import { describe, expect, it } from 'vitest';
import { lossRange, toSeries } from './training-series.ts';

describe('the curve of a training (T12)', () => {
  it('shows the test loss beside that of training, and a step without a test is no gap', () => {
    const { loss, isTested, accuracy } = toSeries([
      { step: 1, loss: 3 },
      { step: 2, loss: 2, testLoss: 2.5, testAccuracy: 0.5 },
    ]);
    expect(loss).toEqual([
      [1, 2],
      [3, 2],
      [undefined, 2.5],
    ]);
    expect([isTested, accuracy]).toEqual([true, [[2], [50]]]);
  });

  it('has no accuracy where none was measured', () => {
    expect(toSeries([{ step: 1, loss: 2 }]).accuracy).toBeNull();
  });

  it('has a gap where a number is not finite, and names the first such step', () => {
    const { loss, notFinite } = toSeries([
      { step: 1, loss: 3 },
      { step: 2, loss: NaN, testLoss: Infinity },
      { step: 3, loss: Infinity },
    ]);
    expect([loss[1], loss[2]]).toEqual([
      [3, null, null],
      [undefined, null, undefined],
    ]);
    expect(notFinite).toEqual({ step: 2, loss: NaN, testLoss: Infinity });
  });

  it('may be drawn on a logarithmic axis where every loss is above 0', () => {
    expect(
      toSeries([
        { step: 1, loss: 1e-6 },
        { step: 2, loss: NaN },
      ]).isPositive,
    ).toBe(true);
    expect(toSeries([{ step: 1, loss: 1, testLoss: 0 }]).isPositive).toBe(false);
    expect(toSeries([{ step: 1, loss: -1 }]).isPositive).toBe(false);
  });

  it.each([
    [-9, -1],
    [-1, 1],
    [0, 5],
    [100, 101],
    [-3, -3],
    [0, 0],
    [7, 7],
  ])('fits what was measured between %d and %d into its axis', (low, high) => {
    const [from, to] = lossRange(low, high);
    expect(from).toBeLessThanOrEqual(low);
    expect(to).toBeGreaterThan(high);
    // At least 40 % of the axis is used, unless all values are one.
    if (high > low) expect((high - low) / (to - from)).toBeGreaterThan(0.4);
  });

  it('has an axis where nothing was measured', () => {
    expect(lossRange(null, null)).toEqual([0, 1]);
  });
});
