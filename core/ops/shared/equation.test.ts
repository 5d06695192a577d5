import { expect, it } from 'vitest';
import type { Shape, TensorSpec } from '../../spec/shape.ts';
import { inferEinsum, parseEquation } from './equation.ts';

const spec = (...shape: Shape): TensorSpec => ({ shape, dtype: 'float32' });

it('finds the result where the equation has no arrow', () => {
  expect(parseEquation('ij,jk', 2).output).toBe('ik');
  expect(parseEquation('ba', 1).output).toBe('ab');
  expect(parseEquation('...ij,...jk', 2).output).toBe('...ik');
  expect(parseEquation('ii->', 1).output).toBe('');
});

it('gives the shape of the result, names of lengths included', () => {
  expect(inferEinsum('bqhd,bkhd->bhqk', [spec('batch', 'q', 4, 8), spec('batch', 'k', 4, 8)]).shape).toEqual(['batch', 4, 'q', 'k']);
  expect(inferEinsum('...i,ij->...j', [spec('batch', 7, 3), spec(3, 5)]).shape).toEqual(['batch', 7, 5]);
  expect(inferEinsum('i...->...', [spec(3, 2, 4)]).shape).toEqual([2, 4]);
  expect(inferEinsum('ij,j->', [spec(2, 3), spec(3)]).shape).toEqual([]);
});

it('rejects what is no equation and what does not fit', () => {
  expect(() => parseEquation('ij->k', 1)).toThrow(/the letter k of the result/);
  expect(() => parseEquation('ij->ii', 1)).toThrow(/each letter once/);
  expect(() => parseEquation('i1->i', 1)).toThrow(/letters, commas and one arrow/);
  expect(() => parseEquation('ij->i', 2)).toThrow(/2 inputs/);
  expect(() => inferEinsum('ij,jk->ik', [spec(2, 3), spec(4, 5)])).toThrow(/length 3 of j/);
  expect(() => inferEinsum('ij->i', [spec(2, 3, 4)])).toThrow(/2 axes for ij/);
});
