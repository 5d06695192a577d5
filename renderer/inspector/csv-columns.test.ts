import { expect, it } from 'vitest';
import { readColumns, readCsvFile } from './csv-columns.ts';

it('takes the last column as the label unless another is wanted', () => {
  const text = 'height,width,kind\n1,2,small\n3,4,large\n';
  expect(readCsvFile(text)).toEqual({ ok: true, columns: ['height', 'width', 'kind'], label: 'kind', rows: 2, classes: 2 });
  expect(readCsvFile('a,b\n1,2\n', 'a')).toMatchObject({ ok: true, label: 'a', classes: null });
});

it('names line and column of a ragged row and of a word among the numbers', () => {
  const ragged = readCsvFile('a,b,c\n1,2,3\n4,5\n');
  expect(!ragged.ok && ragged.problem.message).toMatch(/Line 3.*3 columns.*2 columns/);
  const word = readCsvFile('a,b,c\n1,2,3\n4,five,6\n');
  expect(!word.ok && word.problem.message).toMatch(/Line 3, column 2 .*five/);
});

it('reads quoted names and a byte order mark', () => {
  expect(readColumns('\uFEFF"a",b\n1,2')).toEqual(['a', 'b']);
});
