import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placesOf } from '../../tensor/slice.ts';
import { indexShape, parseIndex } from './index-text.ts';

const shapeOf = (shape: readonly (number | string)[], text: string) => indexShape(shape, parseIndex(text, shape));

it('gives the shapes that NumPy gives', () => {
  expect(shapeOf([4, 3, 5], '1:3')).toEqual([2, 3, 5]);
  expect(shapeOf([4, 3, 5], '0, ..., ::-2')).toEqual([3, 3]);
  expect(shapeOf([4, 3, 5], '-1, -1, -1')).toEqual([]);
  expect(shapeOf([4], '2:-3')).toEqual([0]);
  expect(shapeOf([4], '10:')).toEqual([0]);
  expect(shapeOf([4, 3], ':, None'.replace('None', ':'))).toEqual([4, 3]);
});

it('counts along an axis whose length is not known', () => {
  expect(shapeOf(['batch', 'time', 8], ':, 1:')).toEqual(['batch', '(time-1)', 8]);
  expect(shapeOf(['batch', 'time', 8], ':, :-1')).toEqual(['batch', '(time-1)', 8]);
  expect(shapeOf(['batch', 'time', 8], ':, -1')).toEqual(['batch', 8]);
  expect(shapeOf(['batch', 'time', 8], ':, ::-1')).toEqual(['batch', 'time', 8]);
  expect(shapeOf(['batch', 'time'], ':, ::2')).toEqual(['batch', 'ceil(time/2)']);
});

it('says what is no index, and why', () => {
  expect(() => parseIndex('1:2:3:4', [4])).toThrow(/whole numbers, ranges such as 1:3/);
  expect(() => parseIndex('a', [4])).toThrow(/whole numbers, ranges/);
  expect(() => parseIndex('::0', [4])).toThrow(/a step other than 0/);
  expect(() => parseIndex('4', [4])).toThrow(/-4 to 3 for axis 0/);
  expect(() => parseIndex(':, :', [4])).toThrow(/at most 1 part/);
  expect(() => parseIndex('..., ...', [4])).toThrow(/at most one \.\.\./);
});

it('picks the places that counting one by one picks', () => {
  const bound = fc.option(fc.integer({ min: -9, max: 9 }), { nil: null });
  const step = fc.integer({ min: -4, max: 4 }).filter((value) => value !== 0);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7 }), bound, bound, step, (length, start, stop, step) => {
      const found = placesOf({ start, stop, step }, length);
      const places = Array.from({ length: found.count }, (_, i) => found.start + i * step);
      // Python's rule, said another way: the places of the whole axis in the step's direction, cut at start and stop.
      const wrap = (value: number) => (value < 0 ? value + length : value);
      const wanted: number[] = [];
      const first = start === null ? (step > 0 ? 0 : length - 1) : step > 0 ? Math.max(wrap(start), 0) : Math.min(wrap(start), length - 1);
      for (let i = first; i >= 0 && i < length; i += step) {
        if (stop !== null && (step > 0 ? i >= wrap(stop) : i <= wrap(stop))) break;
        wanted.push(i);
      }
      expect(places).toEqual(wanted);
      expect(indexShape([length], [{ start, stop, step }])).toEqual([wanted.length]);
    }),
    { seed: 7, numRuns: 500 },
  );
});
