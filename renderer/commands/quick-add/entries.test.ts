import { expect, it } from 'vitest';
import { newDocument } from '../../../core/document/index.ts';
import { findEntries, listEntries } from './entries.ts';

const document = newDocument();
const entries = listEntries(document, document.classes['c1']!);
const titles = (query: string, family?: 'normalization') => findEntries(entries, query, () => true, family).map(({ title }) => title);

it('offers what is alike first where something is to be replaced', () => {
  expect(titles('', 'normalization').slice(0, 4)).toEqual(['LayerNorm', 'BatchNorm', 'GroupNorm', 'RMSNorm']);
  expect(titles('')[0]).toBe('Linear');
});

it('knows a recurrent layer by the name that it has elsewhere, and lists it only when it is asked for', () => {
  expect(titles('GRU')[0]).toBe('GRU');
  expect(titles('LSTM')[0]).toBe('LSTM');
  expect(titles('')).not.toContain('GRU');
});
