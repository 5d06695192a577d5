import { expect, test } from 'vitest';
import { differences } from './compare.mjs';

const tensor = (data: (number | string)[], shape = [data.length], dtype = 'float32') => ({ shape, dtype, data });

test('what is the same differs in nothing, NaN and infinities included', () => {
  const recorded = { out: tensor([1, 'NaN', '-Infinity', -0]), paths: [['a', 0]], flag: null };
  expect(differences(structuredClone(recorded), recorded, 'case')).toEqual([]);
});

test('a float may be off by a millionth of the largest number of its tensor, and no more', () => {
  expect(differences(tensor([1e-7, 1]), tensor([0, 1]), 'out')).toEqual([]);
  expect(differences(tensor([1e-5, 1]), tensor([0, 1]), 'out')).toEqual(['out[0]: expected 0, got 0.00001 (largest of the tensor: 1)']);
});

test('a number that became NaN, a shape, a type and whole numbers are differences', () => {
  expect(differences(tensor(['NaN']), tensor([1]), 'out')).toHaveLength(1);
  expect(differences(tensor([1, 2], [2, 1]), tensor([1, 2]), 'out')).toEqual(['out: expected shape [2], got [2,1]']);
  expect(differences(tensor([1], [1], 'int32'), tensor([1]), 'out')).toEqual(['out: expected float32, got int32']);
  expect(differences(tensor([1000001], [1], 'uint32'), tensor([1000000], [1], 'uint32'), 'key')).toHaveLength(1);
});

test('a plain list of floats is compared as a tensor is, a list of whole numbers exactly', () => {
  expect(differences({ values: [1e-7, 0.5] }, { values: [0, 0.5] }, 'y')).toEqual([]);
  expect(differences([1000001, 2], [1000000, 2], 'path')).toHaveLength(1);
});

test('names and lengths are exact: what is missing and what is new are both named', () => {
  expect(differences({ b: 1 }, { a: 1 }, 'case')).toEqual(['case/a: is missing', 'case/b: was not recorded before']);
  expect(differences([1], [1, 2], 'case')).toEqual(['case: expected 2 entries, got 1']);
  expect(differences('Param', 'BatchStat', 'type')).toEqual(['type: expected "BatchStat", got "Param"']);
});

test('a training after Adam may move as far as its noise does', () => {
  expect(differences({ losses: tensor([1.01]) }, { losses: tensor([1]) }, 'Digits.rngs0.adam')).toEqual([]);
  expect(differences({ losses: tensor([1.01]) }, { losses: tensor([1]) }, 'Digits.rngs0.train')).toHaveLength(1);
});
