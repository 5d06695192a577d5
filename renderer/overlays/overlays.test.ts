import { describe, expect, it } from 'vitest';
import type { Summary } from '../../core/run/index.ts';
import type { RunOverlay } from './overlay.ts';
import { findOverlay, OVERLAYS } from './overlays.ts';
import { positionOn, scaleOf, worstOf } from './scale.ts';

const summary = (some: Partial<Summary>): Summary => ({
  shape: [4],
  dtype: 'float32',
  count: 4,
  min: 0,
  max: 1,
  mean: 0.5,
  std: 0.25,
  norm: 1,
  zeros: 0,
  nans: 0,
  infinities: 0,
  histogram: null,
  head: [],
  ...some,
});
const seen = (norm: number, value: Partial<Summary> = {}) => ({ value: summary(value), gradient: summary({ norm }) });
const overlay = (id: string): RunOverlay => {
  const found = findOverlay(id);
  if (found?.of !== 'run') throw new Error(`${id} is no overlay of a run.`);
  return found;
};
const gradientNorm = overlay('gradientNorm');

describe('the list of overlays', () => {
  it('has every file of the folder, by label, each id once', () => {
    expect(OVERLAYS.filter(({ of }) => of === 'run').map(({ id }) => id)).toEqual([
      'gradientNorm',
      'valueMean',
      'nans',
      'zeros',
      'valueStd',
    ]);
    expect(OVERLAYS.filter(({ of }) => of === 'cost').map(({ id }) => id)).toEqual(['activations', 'multiplyAdds', 'parameters']);
    expect(findOverlay('none')).toBeUndefined();
  });
});

describe('what is not finite (N1)', () => {
  const partial = { nans: 3, mean: 0, std: 0 };
  it.each(['valueMean', 'valueStd'])('is NaN in %s, not the number of what is left', (id) => {
    expect(overlay(id).read(seen(1, partial))).toBeNaN();
    expect(overlay(id).read(seen(1, { infinities: 1 }))).toBe(Infinity);
  });

  it('is counted beside the scale of the others', () => {
    expect(scaleOf([seen(1), seen(NaN), seen(100), seen(Infinity), seen(NaN), seen(0)], gradientNorm)).toEqual({
      low: 1,
      high: 100,
      isLog: true,
      nans: 2,
      infinities: 1,
    });
    expect(scaleOf([seen(NaN)], gradientNorm)).toMatchObject({ low: null, high: null, nans: 1 });
    expect(scaleOf([], gradientNorm)).toBeNull();
  });

  it('of one call stands for all calls', () => {
    expect(worstOf([seen(1), seen(NaN), seen(5)], gradientNorm)).toBeNaN();
    expect(worstOf([seen(1), seen(5)], gradientNorm)).toBe(5);
    expect(worstOf([], gradientNorm)).toBeNull();
  });
});

it('puts a value on the scale by its logarithm where the overlay says so', () => {
  const scale = { low: 1, high: 100, nans: 0, infinities: 0 };
  expect(positionOn({ ...scale, isLog: true }, 10)).toBeCloseTo(0.5, 9);
  expect(positionOn({ ...scale, isLog: false }, 50.5)).toBeCloseTo(0.5, 9);
  expect(positionOn({ ...scale, isLog: true }, 0)).toBe(0);
  expect(positionOn({ ...scale, low: 3, high: 3, isLog: false }, 3)).toBe(0.5);
});
