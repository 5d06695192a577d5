import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarize } from './summary.ts';

describe('summarize', () => {
  it('gives the statistics of a small tensor', () => {
    const summary = summarize(Float32Array.of(1, 2, 3, 0, -1, 4), [2, 3], 'float32');
    expect(summary).toMatchObject({
      shape: [2, 3],
      dtype: 'float32',
      count: 6,
      min: -1,
      max: 4,
      mean: 1.5,
      zeros: 1,
      nans: 0,
      infinities: 0,
    });
    expect(summary.std).toBeCloseTo(Math.sqrt(17.5 / 6), 12);
    expect(summary.norm).toBeCloseTo(Math.sqrt(31), 12);
    expect(summary.head).toEqual([1, 2, 3, 0, -1, 4]);
  });

  it('counts what is not finite, leaves it out of extremes and mean, and never out of the norm (N1)', () => {
    const summary = summarize(Float32Array.of(NaN, Infinity, 2, -Infinity, NaN, 4), [6], 'float32');
    expect(summary).toMatchObject({ count: 6, nans: 2, infinities: 2, min: 2, max: 4, mean: 3, std: 1 });
    expect(summary.histogram?.counts.reduce((a, b) => a + b, 0)).toBe(2);
    expect(summary.norm).toBeNaN();
    expect(summarize(Float32Array.of(-Infinity, 0), [2], 'float32').norm).toBe(Infinity);
    expect(summarize(Float32Array.of(NaN, 0, 0), [3], 'float32').norm).toBeNaN();
  });

  it('has no statistics where nothing is finite', () => {
    for (const data of [Float32Array.of(), Float32Array.of(NaN, Infinity)])
      expect(summarize(data, [data.length], 'float32')).toMatchObject({
        min: null,
        max: null,
        mean: null,
        std: null,
        norm: data.length === 0 ? null : NaN,
        histogram: null,
      });
  });

  it('puts a constant into the middle of a range of its own', () => {
    const { histogram } = summarize(Float32Array.of(3, 3, 3), [3], 'float32');
    expect(histogram).toMatchObject({ low: 2.5, high: 3.5 });
    expect(histogram?.counts[32]).toBe(3);
    expect(summarize(Float32Array.of(1e30), [1], 'float32').histogram?.counts.reduce((a, b) => a + b, 0)).toBe(1);
  });

  it('keeps the first 64 elements', () => {
    expect(
      summarize(
        Int32Array.from({ length: 100 }, (_, i) => i),
        [100],
        'int32',
      ).head,
    ).toHaveLength(64);
  });

  it('does not lose a small spread around a large mean', () => {
    expect(summarize(Float32Array.of(16777212, 16777214, 16777216), [3], 'float32').std).toBeCloseTo(Math.sqrt(8 / 3), 9);
  });

  it('has every finite element in one of 64 bins between the extremes', () => {
    fc.assert(
      fc.property(fc.float32Array({ minLength: 1, maxLength: 200 }), (data) => {
        const { histogram, min, max, count, nans, infinities } = summarize(data, [data.length], 'float32');
        const finite = count - nans - infinities;
        if (finite === 0) return histogram === null;
        const total = histogram?.counts.reduce((a, b) => a + b, 0);
        return total === finite && histogram?.counts.length === 64 && histogram.low <= (min ?? NaN) && histogram.high >= (max ?? NaN);
      }),
      { seed: 1 },
    );
  });

  it('counts on the bins that are asked for, as two runs that are compared have them, and leaves nothing out', () => {
    const range = { low: -4, high: 4 };
    const { histogram } = summarize(Float32Array.from([-1, 0, 1.5, NaN]), [4], 'float32', range);
    expect(histogram).toMatchObject(range);
    expect(histogram!.counts.flatMap((count, bin) => (count > 0 ? [[bin, count]] : []))).toEqual([
      [24, 1],
      [32, 1],
      [44, 1],
    ]);
    expect(summarize(Float32Array.from([9]), [1], 'float32', range).histogram).toMatchObject({ low: -4, high: 9 });
  });
});
