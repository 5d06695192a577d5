import { describe, expect, it } from 'vitest';
import { parseCsv } from './csv.ts';
import { RunError } from './problem.ts';

function problem(text: string, label = 'y') {
  try {
    parseCsv(text, label);
  } catch (error) {
    if (error instanceof RunError) return error.problem;
    throw error;
  }
  return undefined;
}

describe('a table', () => {
  it('keeps features in file order and takes the label out, wherever its column is', () => {
    const table = parseCsv('a,y,b\n1,7,2.5\n-3,8,4e-1\n', 'y');
    expect(table).toEqual({
      rows: 2,
      features: ['a', 'b'],
      values: Float32Array.of(1, 2.5, -3, 0.4),
      labels: Float32Array.of(7, 8),
      classes: null,
    });
  });

  it('makes classes of the words of a text label, in order of appearance', () => {
    const table = parseCsv('x,species\n1,virginica\n2,setosa\n3,virginica\n', 'species');
    expect(table.classes).toEqual(['virginica', 'setosa']);
    expect([...table.labels]).toEqual([0, 1, 0]);
  });

  it.each([
    ['CRLF line ends', 'a,y\r\n1,2\r\n3,4\r\n'],
    ['no line end behind the last row', 'a,y\n1,2\n3,4'],
    ['blank lines at the end', 'a,y\n1,2\n3,4\n\n \n'],
    ['a byte order mark', '\ufeffa,y\n1,2\n3,4\n'],
    ['spaces around cells', 'a , y\n 1,2 \n3, 4\n'],
    ['quotes around numbers', '"a","y"\n"1","2"\n3,"4"\n'],
  ])('reads %s', (_, text) => {
    const table = parseCsv(text, 'y');
    expect([...table.values, ...table.labels]).toEqual([1, 3, 2, 4]);
  });

  it('takes commas, doubled quotes and line breaks inside quotes as part of the cell', () => {
    const table = parseCsv('x,y\n1,"a, ""b"""\n2,"two\r\nlines"\n3,plain\n', 'y');
    expect(table.classes).toEqual(['a, "b"', 'two\r\nlines', 'plain']);
  });
});

describe('a mistake', () => {
  it('names line and column of a word among the numbers', () => {
    expect(problem('a,b,y\n1,2,3\n4,n/a,6\n')).toEqual({
      code: 'csv/not-a-number',
      message: 'Line 3, column 2 ("b"): expected a number, got "n/a".',
      hint: 'Mend the cell, or take the row out.',
    });
  });

  it.each([
    ['', 'an empty cell'],
    ['0x10', '"0x10"'],
    ['Infinity', '"Infinity"'],
    ['1e39', '"1e39"'],
    ['1.2.3', '"1.2.3"'],
  ])('takes %j for no number', (cell, shown) => {
    expect(problem(`a,y\n${cell},1\n`)?.message).toBe(`Line 2, column 1 ("a"): expected a number, got ${shown}.`);
  });

  it('names the line of a ragged row and the column where it ends', () => {
    expect(problem('a,b,y\n1,2,3\n4,5\n')?.message).toBe('Line 3, column 3: expected 3 columns as in line 1, got 2 columns.');
    expect(problem('a,b,y\n1,2,3,4\n')?.message).toBe('Line 2, column 4: expected 3 columns as in line 1, got 4 columns.');
    expect(problem('a,b,y\n1,2,3\n\n4,5,6\n')?.message).toBe('Line 3, column 2: expected 3 columns as in line 1, got 1 column.');
  });

  it('counts lines inside quoted cells', () => {
    expect(problem('x,y\n1,"one\ntwo"\nword,b\n')?.message).toContain('Line 4, column 1');
  });

  it('tells a number among the labels from a word', () => {
    expect(problem('x,y\n1,3\n2,three\n')?.message).toBe('Line 3, column 2 ("y"): expected a number, got "three".');
    expect(problem('x,y\n1,three\n2,\n3,four')?.message).toBe('Line 3, column 2 ("y"): expected a class, got an empty cell.');
  });

  it.each([
    ['csv/empty', ''],
    ['csv/empty', '\n\n'],
    ['csv/no-rows', 'a,y\n'],
    ['csv/no-label', 'a,b\n1,2\n'],
    ['csv/no-header', '1,2\n3,4\n'],
    ['csv/separator', 'a;y\n1;2\n'],
    ['csv/separator', 'a\ty\n1\t2\n'],
    ['csv/no-features', 'y\n1\n'],
    ['csv/two-labels', 'y,a,y\n1,2,3\n'],
    ['csv/open-quote', 'a,y\n1,"2\n'],
    ['csv/after-quote', 'a,y\n"1"2,3\n'],
  ])('is a %s in %j', (code, text) => {
    expect(problem(text)?.code).toBe(code);
  });

  it('lists the columns there are when the label is absent', () => {
    expect(problem('sepal,petal\n1,2\n', 'species')).toEqual({
      code: 'csv/no-label',
      message: 'Line 1: expected a column "species" to predict, got the columns sepal, petal.',
      hint: 'Choose one of these as the label.',
    });
  });
});
