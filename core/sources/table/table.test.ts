import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunError } from '../../spec/run-error.ts';
import { readColumns } from './columns.ts';
import { recognizeDialect } from './dialect.ts';
import { emitTable } from './emit-python.ts';
import { tableOptions } from './options.ts';
import { readTable } from './table.ts';

const files = import.meta.glob<string>('./samples/*.csv', { query: '?raw', import: 'default', eager: true });
const sample = (name: string): string => files[`./samples/${name}.csv`]!;
const read = (text: string, label = 'y', more: Readonly<Record<string, unknown>> = {}) => readTable(text, tableOptions({ label, ...more }));

function problem(text: string, label = 'y', more: Readonly<Record<string, unknown>> = {}) {
  try {
    read(text, label, more);
  } catch (error) {
    if (error instanceof RunError) return error.problem;
    throw error;
  }
  return undefined;
}

describe('a table (T6, T7, T8)', () => {
  it('keeps features in file order and takes the label out, wherever its column is', () => {
    expect(read('a,y,b\n1,7,2.5\n-3,8,4e-1\n')).toEqual({
      rows: 2,
      features: ['a', 'b'],
      values: Float64Array.of(1, 2.5, -3, 0.4),
      labels: Float32Array.of(7, 8),
      classes: null,
      skipped: 0,
      origins: Int32Array.of(1, 2),
    });
  });

  it.each([
    ['semicolon', ';', '.'],
    ['tab', '\t', '.'],
    ['crlf-bom', ',', '.'],
    ['true-false', ',', '.'],
  ])('recognises how %s.csv is written', (name, separator, decimal) => {
    expect(recognizeDialect(sample(name))).toEqual({ separator, decimal, thousands: '', comment: '', header: true });
    const { rows, features, values } = read(sample(name));
    expect([rows, features, [...values]]).toEqual([5, ['a', 'b'], [1, 2, 3, 4, 5, 6, 2, 1, 4, 3]]);
  });

  it.each([
    ['sep=;\na;b;y\n1,5;2;0\n', ';', ['a', 'b'], [1.5, 2]],
    ['\uFEFF"sep=,"\r\na,b,y\r\n1,2,0\r\n', ',', ['a', 'b'], [1, 2]],
    ['SEP=|\na,b|y\n3|0\n', '|', ['a,b'], [3]],
  ])('takes a first line %j at its word, and not for a row', (text, separator, names, numbers) => {
    const { dialect, lines, hasSeparatorLine } = readColumns(text);
    expect([dialect.separator, dialect.header, hasSeparatorLine, lines]).toEqual([separator, true, true, [3]]);
    const { features, values } = read(text);
    expect([features, [...values]]).toEqual([names, numbers]);
  });

  it('is passed over by the emitted Python, too', () => {
    const emitted = (text: string): readonly string[] => {
      const cut = readColumns(text);
      const options = tableOptions({ file: 'a.csv', label: 'y' });
      const table = {
        options,
        cut,
        labelAt: 1,
        isAscii: true,
        areClasses: true,
        row: [1],
        dtype: 'float32',
        batchSize: 2,
        seed: 0,
      } as const;
      return emitTable(table, { literal: (value) => JSON.stringify(value), use: () => undefined }).lines;
    };
    const isPassing = (line: string) => line.includes('next(file)');
    const lines = emitted('sep=;\na;y\n1;0\n2;1\n');
    expect(lines.findIndex(isPassing)).toBe(lines.findIndex((line) => line.includes('csv.reader')) - 1);
    expect(emitted('a;y\n1;0\n2;1\n').some(isPassing)).toBe(false);
  });

  it('names the line of a mistake as the file counts it, the line of the separator too; and refuses one that is none', () => {
    expect(problem('sep=;\na;y\n1;0\n1;2;3\n')?.message).toContain('Line 4');
    expect(problem('sep=~\na~y\n1~0\n')).toMatchObject({ code: 'csv/separator', message: expect.stringContaining('Line 1') });
    expect(readColumns('separate;y\n1;0\n').columns.map(({ name }) => name)).toEqual(['separate', 'y']);
  });

  it('reads numbers with a decimal comma between semicolons', () => {
    const { values } = read('a;b;y\n1,5;-2,25;0\n,5;3;1\n');
    expect([...values]).toEqual([1.5, -2.25, 0.5, 3]);
  });

  it('takes a quoted comma in the header as part of the name', () => {
    expect(read(sample('quoted-comma-header'), 'species').features).toEqual(['length, cm', 'width']);
  });

  it.each([
    ['no-header-words', ['column1', 'column2', 'column3'], 6],
    ['no-header-mnist', ['column1', 'column2', 'column3'], 5],
  ])('keeps the first row of %s.csv, which names no columns', (name, columns, rows) => {
    const cut = readColumns(sample(name));
    expect([cut.dialect.header, cut.columns.map((column) => column.name), cut.rows.length]).toEqual([false, columns, rows]);
    // A document that knew the column by the first cell still finds it.
    expect(read(sample('no-header-words'), 'setosa').classes).toEqual(['setosa', 'versicolor', 'virginica']);
  });

  it('takes a first line as names where the document says so, and as a row where it says that', () => {
    expect(readColumns('a,b\nc,d\n', { header: true }).rows).toEqual([['c', 'd']]);
    expect(readColumns('1,2\n3,4\n', { header: true }).columns.map((column) => column.name)).toEqual(['1', '2']);
    expect(readColumns('a,b\n1,2\n', { header: false }).rows).toHaveLength(2);
  });

  it('gives columns without a name, or with a name that is taken, one of their own', () => {
    expect(readColumns('a,,a,y\n1,2,3,4\n').columns.map((column) => column.name)).toEqual(['a', 'column2', 'a (2)', 'y']);
  });

  it('makes classes of the words of a label, sorted', () => {
    const table = read('x,y\n1,virginica\n2,setosa\n3,virginica\n');
    expect([table.classes, [...table.labels]]).toEqual([
      ['setosa', 'virginica'],
      [1, 0, 1],
    ]);
    expect(read(sample('true-false')).classes).toEqual(['False', 'True']);
  });

  it('makes a column of 0 and 1 of each word among the features, or a number where that is wanted', () => {
    const text = 'color,x,y\nred,1,0\nblue,2,1\nred,3,0\n';
    expect(read(text).features).toEqual(['color=blue', 'color=red', 'x']);
    expect([...read(text).values]).toEqual([0, 1, 1, 1, 0, 2, 0, 1, 3]);
    expect([...read(text, 'y', { words: { color: 'index' } }).values]).toEqual([1, 1, 0, 2, 1, 3]);
  });

  it('skips rows with a gap, or leaves the gap to be filled', () => {
    expect([read(sample('na')).rows, read(sample('na')).skipped, [...read(sample('na')).origins]]).toEqual([2, 1, [2, 3]]);
    expect([...read(sample('na'), 'y', { missing: 'mean' }).values]).toEqual([1, NaN, 3, 4, 5, 6]);
    // A row without a label cannot be used at all.
    expect(read('a,y\n1,0\n2,\n3,1\n', 'y', { missing: 'zero' }).rows).toBe(2);
  });

  it('leaves ignored columns out, and tells a column that counts rows', () => {
    const text = 'id,a,y\n1,5,0\n2,7,1\n3,6,0\n';
    expect(readColumns(text).columns.map((column) => column.isIndex)).toEqual([true, false, false]);
    expect(read(text, 'y', { ignored: ['id'] }).features).toEqual(['a']);
  });

  it.each([
    ['no line end behind the last row', 'a,y\n1,2\n3,4'],
    ['blank lines at the end', 'a,y\n1,2\n3,4\n\n \n'],
    ['a blank line between rows', 'a,y\n1,2\n\n3,4\n'],
    ['spaces around cells', 'a , y\n 1,2 \n3, 4\n'],
    ['quotes around numbers', '"a","y"\n"1","2"\n3,"4"\n'],
  ])('reads %s', (_, text) => {
    const table = read(text);
    expect([...table.values, ...table.labels]).toEqual([1, 3, 2, 4]);
  });

  it.each([
    ['a bar', '|', 'a|b|y\n1|2|0\n3|4|1\n'],
    ['a colon', ':', 'a:b:y\n1:2:0\n3:4:1\n'],
    ['a space', ' ', 'a b y\n1 2 0\n3 4 1\n'],
    ['several spaces, also around', ' ', '  a   b  y \n 1   2  0\n 3   4  1  \n\n'],
    ['a comma and spaces before quotes', ',', 'a, "b", y\n1, "2", 0\n"3", 4, 1\n'],
    ['a comma, below blank lines', ',', '\n \r\na,b,y\n1,2,0\n3,4,1\n'],
  ])('takes %s between cells', (_, separator, text) => {
    expect(recognizeDialect(text)).toEqual({ separator, decimal: '.', thousands: '', comment: '', header: true });
    expect([...read(text).values, ...read(text).labels]).toEqual([1, 2, 3, 4, 0, 1]);
  });

  it('takes numbers for names where a word stands beside them above numbers', () => {
    expect(read('2019,2020,y\n1,2,0\n3,4,1\n').features).toEqual(['2019', '2020']);
    expect(recognizeDialect('NA,2,0\n3,4,1\n5,6,0\n').header).toBe(false);
  });

  it.each(['-', '--', '.', '#N/A', '<NA>', 'n/a', 'NaN', ' ', 'None', 'NULL', '?'])('takes %j for a gap', (cell) => {
    expect(read(`a,y\n1,0\n${cell},1\n2,1\n`).skipped).toBe(1);
  });

  it('takes separators, doubled quotes and line breaks inside quotes as part of the cell', () => {
    const table = read('x,y\n1,"a, ""b"""\n2,"two\r\nlines"\n3,plain\n');
    expect(table.classes).toEqual(['a, "b"', 'plain', 'two\r\nlines']);
  });

  it('is read back from whatever separator, quotes and line ends it was written with', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'B', '7', ',', ';', '"', ' ', '\n', 'é'), minLength: 1, maxLength: 6 });
    const dialect = fc.record({
      separator: fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const),
      end: fc.constantFrom('\n', '\r\n'),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 }), dialect, (rows, { separator, end }) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = [['a', 'b', 'c'], ...rows].map((row) => row.map(quote).join(separator)).join(end);
        expect(readColumns(text, { separator, header: true }).rows).toEqual(rows);
      }),
      { seed: 5, numRuns: 150 },
    );
  });
});

describe('a mistake', () => {
  it('names line and column of a word among the numbers', () => {
    expect(problem('a,b,y\n1,2,3\n4,x7,6\n5,3,2\n')).toEqual({
      code: 'csv/not-a-number',
      message: 'Line 3, column 2 ("b"): expected a number, got "x7".',
      hint: 'Mend the cell, or take the row out.',
    });
  });

  it.each(['0x10', 'Infinity', '1e39', '1.2.3'])('takes %j for no number', (cell) => {
    expect(problem(`a,y\n1,1\n${cell},1\n2,1\n`)?.message).toBe(`Line 3, column 1 ("a"): expected a number, got "${cell}".`);
  });

  it('names the line of a ragged row and the column where it ends', () => {
    expect(problem('a,b,y\n1,2,3\n4,5\n')?.message).toBe('Line 3, column 3: expected 3 columns as in line 1, got 2 columns.');
    expect(problem('a,b,y\n1,2,3,4\n')?.message).toBe('Line 2, column 4: expected 3 columns as in line 1, got 4 columns.');
  });

  it('counts lines inside quoted cells', () => {
    expect(problem('x,y\n1,"one\ntwo"\nword,b\n3,c\n4,d\n')?.message).toContain('Line 4, column 1');
  });

  it('tells a word among the labels from a number', () => {
    expect(problem('x,y\n1,3\n2,three\n3,4\n')?.message).toBe('Line 3, column 2 ("y"): expected a number, got "three".');
  });

  it.each([
    ['csv/empty', ''],
    ['csv/empty', '\n\n'],
    ['csv/no-rows', 'a,y\n'],
    ['csv/no-rows', 'a,y\n,1\nNA,2\n'],
    ['csv/no-label', 'a,b\n1,2\n'],
    ['csv/no-features', 'y\n1\n'],
    ['csv/ragged-row', '\na,y\n1,2,3\n'],
    ['csv/open-quote', 'a,y\n1,"2\n'],
    ['csv/after-quote', 'a,y\n"1"2,3\n'],
  ])('is a %s in %j', (code, text) => {
    expect(problem(text)?.code).toBe(code);
  });

  it('lists the columns there are when the label is absent', () => {
    expect(problem('sepal,petal\n1,2\n', 'species')).toEqual({
      code: 'csv/no-label',
      message: 'Expected a column "species" to predict, got the columns sepal, petal.',
      hint: 'Choose one of these as the label.',
    });
  });
});
