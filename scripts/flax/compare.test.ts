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

test('the last number of a long tensor is compared as the sampled ones are: with the largest of them', () => {
  const sample = (last: number, stride = 40) => ({ length: 4096, stride, values: [0.5, -0.25], last });
  expect(differences(sample(0.1 + 4e-7), sample(0.1), 'y')).toEqual([]);
  expect(differences(sample(0.1 + 6e-7), sample(0.1), 'y')).toHaveLength(1);
  expect(differences(sample(0.1, 41), sample(0.1), 'y')).toEqual(['y/stride: expected 40, got 41']);
});

test('a gradient that is rounding noise may be other noise, of any sign, and nothing more', () => {
  const gradients = (bias: number, kernel = 1) => ({
    grad_params: [bias, kernel].map((value, i) => ({ path: ['key', i], value: tensor([value]) })),
  });
  const name = 'MultiHeadAttention.7';
  expect(differences(gradients(-2e-8), gradients(7e-8), name)).toEqual([]);
  expect(differences(gradients(2e-6), gradients(7e-8), name)).toHaveLength(1);
  expect(differences(gradients(0, 1.00001), gradients(0), name)).toHaveLength(1);
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

test('what is left of terms near 1 may differ by as much as processors do, and a bias that is steps of noise by those steps', () => {
  expect(differences({ loss: tensor([-1.5e-7]) }, { loss: tensor([3e-8]) }, 'G59')).toEqual([]);
  expect(differences({ loss: tensor([-4e-7]) }, { loss: tensor([3e-8]) }, 'G59')).toHaveLength(1);
  const state = (bias: number, kernel = 0.001) => ({
    state: [0, 0, 0, kernel, bias].map((value, i) => ({ path: ['p', i], value: tensor([value]) })),
  });
  expect(differences(state(0.0005), state(-0.0005), 'Digits.rngs0.adam')).toEqual([]);
  expect(differences(state(0.006), state(-0.005), 'Digits.rngs0.adam')).toHaveLength(1);
  expect(differences(state(0, 0.0011), state(0), 'Digits.rngs0.adam')).toHaveLength(1);
  expect(differences(state(0.0005), state(-0.0005), 'Digits.rngs0.sgd')).toHaveLength(1);
});

test('a file within a recording is the same in its names and shapes, and close in its numbers', () => {
  const file = (name: string, ...values: number[]) => {
    const header = JSON.stringify({ [name]: { dtype: 'F32', shape: [values.length], data_offsets: [0, 4 * values.length] } });
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    return { model: Buffer.concat([length, Buffer.from(header), Buffer.from(Float32Array.from(values).buffer)]).toString('base64') };
  };
  expect(differences(file('a', 1, 2), file('a', 1, 2), 'rmsprop')).toEqual([]);
  expect(differences(file('a', 1, 2.000001), file('a', 1, 2), 'rmsprop')).toEqual([]);
  expect(differences(file('a', 1, 2.00001), file('a', 1, 2), 'rmsprop')).toHaveLength(1);
  expect(differences(file('b', 1, 2), file('a', 1, 2), 'rmsprop')).toEqual(['rmsprop/model: the names, types or shapes differ']);
  expect(differences(file('a', 1), file('a', 1, 2), 'rmsprop')).toHaveLength(1);
});
