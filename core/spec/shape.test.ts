import { describe, expect, it } from 'vitest';
import { addDims, ceilDivide, divideDims, evaluateDim, floorDivide, multiplyDims, namesIn } from './dims.ts';
import { broadcastShapes, formatShape, normalizeAxis, sameShape, sizeOf, withAxis, withLast } from './shape.ts';

describe('dimensions', () => {
  it('multiplies numbers and names into one canonical spelling', () => {
    expect(multiplyDims(2, 'batch', 3)).toBe('6*batch');
    expect(multiplyDims('time', 'batch')).toBe(multiplyDims('batch', 'time'));
    expect(multiplyDims('batch', 0)).toBe(0);
    expect(multiplyDims()).toBe(1);
    expect(multiplyDims('2*batch', '(time-1)')).toBe('(2*batch*time-2*batch)');
  });

  it('adds like terms', () => {
    expect(addDims('batch', 'batch')).toBe('2*batch');
    expect(addDims('time', 3, -3)).toBe('time');
    expect(addDims('(time-2)', 1)).toBe('(time-1)');
    expect(addDims('time', -2)).toBe('(time-2)');
    expect(addDims(2, 3)).toBe(5);
    expect(addDims('b', 'a')).toBe('(a+b)');
    expect(addDims('a', multiplyDims(-1, 'b'))).toBe('(a-b)');
  });

  it('divides where the quotient is known to be whole', () => {
    expect(divideDims('6*batch', 3)).toBe('2*batch');
    expect(divideDims('6*batch*time', 'batch')).toBe('6*time');
    expect(divideDims('batch', 3)).toBeUndefined();
    expect(divideDims(7, 2)).toBeUndefined();
    expect(divideDims('(2*time-4)', 2)).toBe('(time-2)');
    expect(divideDims('(time-2)', '(time-2)')).toBe(1);
    expect(divideDims(4, 0)).toBeUndefined();
  });

  it('keeps a rounded quotient as a name that arithmetic goes on with', () => {
    expect(ceilDivide(5, 2)).toBe(3);
    expect(floorDivide(5, 2)).toBe(2);
    expect(ceilDivide('4*width', 2)).toBe('2*width');
    expect(ceilDivide('height', 2)).toBe('ceil(height/2)');
    expect(multiplyDims(ceilDivide('height', 2), 8)).toBe('8*ceil(height/2)');
    expect(addDims(floorDivide('(time-3)', 2), 1)).toBe('(floor((time-3)/2)+1)');
  });
});

describe('shapes', () => {
  it('broadcasts as NumPy does and lets a name fit only itself and 1', () => {
    expect(broadcastShapes(['batch', 3], [3])).toEqual(['batch', 3]);
    expect(broadcastShapes([2, 1], [1, 4])).toEqual([2, 4]);
    expect(broadcastShapes([2, 3], [2])).toBeUndefined();
    expect(broadcastShapes(['batch'], [4])).toBeUndefined();
    expect(broadcastShapes([1, 'time'], ['batch', 'time'], [])).toEqual(['batch', 'time']);
    expect(broadcastShapes([0], [1])).toEqual([0]);
  });

  it('counts elements, replaces axes and compares', () => {
    expect(sizeOf(['batch', 2, 3])).toBe('6*batch');
    expect(sizeOf([])).toBe(1);
    expect(withLast(['batch', 3], 5)).toEqual(['batch', 5]);
    expect(withAxis([1, 2, 3], -2, 'n')).toEqual([1, 'n', 3]);
    expect(sameShape([1, 'n'], [1, 'n'])).toBe(true);
    expect(sameShape([1], [1, 1])).toBe(false);
    expect(normalizeAxis(-1, 3)).toBe(2);
    expect(normalizeAxis(3, 3)).toBeUndefined();
  });

  it('prints as Python does', () => {
    expect([formatShape([]), formatShape([3]), formatShape(['batch', 3])]).toEqual(['()', '(3,)', '(batch, 3)']);
  });
});

describe('lengths of named axes', () => {
  it('make a number of any dimension, or none where one is missing', () => {
    const lengths = new Map([
      ['batch', 3],
      ['height', 7],
    ]);
    const dim = addDims(multiplyDims('batch', ceilDivide('height', 2), 8), -1, floorDivide(addDims('height', -3), 2));
    expect(evaluateDim(dim, lengths)).toBe(3 * 4 * 8 - 1 + 2);
    expect(namesIn(dim)).toEqual(expect.arrayContaining(['batch', 'height']));
    expect(namesIn(dim)).toHaveLength(2);
    expect(evaluateDim('time', lengths)).toBeUndefined();
    expect(evaluateDim(5, lengths)).toBe(5);
  });
});
