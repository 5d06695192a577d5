import { expect, it } from 'vitest';
import { parseRows, rowsInput } from './rows-input.ts';

it.each([
  ['all', null],
  ['', null],
  ['5', { from: 5, count: 1 }],
  ['3-6', { from: 3, count: 4 }],
  [' 3 to 6 ', { from: 3, count: 4 }],
  ['6-3', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['first', undefined],
])('rows written %j are %j', (text, wanted) => {
  expect(parseRows(text)).toEqual(wanted);
  if (wanted) expect(parseRows(rowsInput(wanted))).toEqual(wanted);
});
