import { expect, it } from 'vitest';
import { compareIds, isId, nextId } from './ids.ts';
import { memberNameFor, nameFault, uniqueName } from './names.ts';

it('makes attribute names from types', () => {
  expect(['Linear', 'BatchNorm', 'LSTMCell', 'RMSNorm', 'GRU', 'MLP2', 'Train'].map(memberNameFor)).toEqual([
    'linear',
    'batchNorm',
    'lstmCell',
    'rmsNorm',
    'gru',
    'mlp2',
    'module',
  ]);
});

it('numbers a name that is taken', () => {
  expect(uniqueName('linear', [])).toBe('linear');
  expect(uniqueName('linear', ['linear'])).toBe('linear1');
  expect(uniqueName('linear1', ['linear', 'linear1'])).toBe('linear2');
});

it('refuses what Python, TypeScript or a Module would not take', () => {
  for (const name of ['', '1a', 'a-b', 'lambda', 'typeof', '_hidden', 'toString', 'a'.repeat(65), 'é']) {
    expect(nameFault(name, 'input'), name).toBeDefined();
  }
  expect(nameFault('sow', 'member')).toBe('a name that is no attribute of every Module');
  expect(nameFault('self', 'input')).toBe('a name that the code does not use itself');
  expect(nameFault('linear1', 'member')).toBeUndefined();
});

it('gives the next number, never one that is in use', () => {
  expect(nextId('n', [])).toBe('n1');
  expect(nextId('n', ['n1', 'n10', 'start', 'nx'])).toBe('n11');
});

it('orders ids by their numbers', () => {
  expect(['n10', 'n2', 'block', 'n1'].sort(compareIds)).toEqual(['block', 'n1', 'n2', 'n10']);
});

it('takes no id that every object has', () => {
  expect(['n1', 'sub-module', 'constructor', 'toString', '1', ''].map(isId)).toEqual([true, true, false, false, false, false]);
});
