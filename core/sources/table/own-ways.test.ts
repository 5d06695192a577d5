import { describe, expect, it } from 'vitest';
import { RunError } from '../../spec/run-error.ts';
import { readColumns } from './columns.ts';
import { recognizeDialect } from './dialect.ts';
import { remarkOn } from './kinds.ts';
import { tableOptions } from './options.ts';
import { readTable } from './table.ts';

const read = (text: string, label = 'y', more: Readonly<Record<string, unknown>> = {}) => readTable(text, tableOptions({ label, ...more }));

function problem(text: string, label = 'y') {
  try {
    read(text, label);
  } catch (error) {
    if (error instanceof RunError) return error.problem;
    throw error;
  }
  return undefined;
}

describe('comment lines (T7)', () => {
  it.each([
    ['before the names', '# made by the sensor, room 5\n# second line\na,b,y\n1,2,0\n3,4,1\n', '#'],
    ['among the rows', 'a,b,y\n1,2,0\n# a pause\n3,4,1\n', '#'],
    ['that are rows taken out', 'a,b,y\n1,2,0\n#7,8,1\n3,4,1\n', '#'],
    ['with a percent sign', '% a, b\n%\na,b,y\n  % inner\n1,2,0\n3,4,1\n', '%'],
    ['at the very end, without a line end', 'a,b,y\n1,2,0\n3,4,1\n# end', '#'],
    ['behind a mark and a line for the separator', '\ufeffsep=,\r\n# one\r\na,b,y\r\n1,2,0\r3,4,1\n', '#'],
    ['with quotes that do not close', '# 5" wide, "long\na,b,y\n1,2,0\n3,4,1\n', '#'],
    ['between blank lines', '\n# one\n\na,b,y\n\n1,2,0\n\n# two\n3,4,1\n\n', '#'],
  ])('are passed over %s', (_, text, comment) => {
    expect(recognizeDialect(text)).toEqual({ separator: ',', decimal: '.', thousands: '', header: true, comment });
    const { features, values, labels } = read(text);
    expect([features, [...values], [...labels]]).toEqual([
      ['a', 'b'],
      [1, 2, 3, 4],
      [0, 1],
    ]);
  });

  it('name the columns where the last of them fits a table without names, as numerical programs write it', () => {
    const text = '# measured in March\n# a, b, y\n1,2,0\n3,4,1\n';
    const cut = readColumns(text);
    expect([cut.dialect.header, cut.isNamedByComment, cut.comments, cut.rows.length]).toEqual([true, true, 2, 2]);
    expect(read(text).features).toEqual(['a', 'b']);
    expect(readColumns(text, { header: false }).columns.map(({ name }) => name)).toEqual(['column1', 'column2', 'column3']);
  });

  it.each([
    ['a header that begins with the sign', '#id,y\nx,0\nz,1\n', 2, '#id'],
    ['a column of colours', 'colour,y\n#ff0000,0\n#00ff00,1\nred,0\n', 3, 'colour'],
    ['only such rows', '#a,1\n#b,2\n', 2, 'column1'],
    ['quotes around it', 'a,y\n"# one",0\n"#",1\n', 2, 'a'],
    ['a quoted cell of several lines', 'a,y\n"one\n# two",0\nthree,1\n', 2, 'a'],
    ['a gap of a spreadsheet', 'a,y\n1,0\n#N/A,1\n2,1\n', 3, 'a'],
  ])('are none: %s', (_, text, rows, name) => {
    const cut = readColumns(text);
    expect([cut.dialect.comment, cut.rows.length, cut.columns[0]!.name]).toEqual(['', rows, name]);
  });

  it('count as lines of the file, and are what the document says', () => {
    expect(problem('# one\n# two\na,y\n1,0\n2,1\n# three\nword,1\n')?.message).toContain('Line 7, column 1 ("a")');
    expect(readColumns('a,y\n1,0\n2,1\n', { comment: '%' }).rows).toHaveLength(2);
    expect(readColumns('x,y\n#1,0\n2,1\n', { comment: '' }).rows).toHaveLength(2);
  });
});

describe('numbers as people write them (T7, T8)', () => {
  it.each([
    ['thousands with commas', ',', 'a;y\n1,234.5;0\n-12,345,678.25;1\n7;0\n', '.', [1234.5, -12345678.25, 7]],
    ['thousands with points', '.', 'a;y\n1.234,5;0\n12.345.678;1\n0,5;0\n', ',', [1234.5, 12345678, 0.5]],
    ['thousands with spaces', ' ', 'a;y\n1 234;0\n12\u00a0345,5;1\n1\u202f000;0\n', ',', [1234, 12345.5, 1000]],
    ['thousands with apostrophes', "'", "a,y\n1'234.5,0\n12’345,1\n7,0\n", '.', [1234.5, 12345, 7]],
    ['thousands in quotes between commas', ',', 'a,y\n"1,234",0\n"12,345",1\n999,0\n', '.', [1234, 12345, 999]],
    ['thousands that come late', ',', `a,y\n${'7,0\n'.repeat(400)}"1,234",1\n`, '.', [...Array<number>(400).fill(7), 1234]],
    ['three decimals between semicolons', '', 'a;y\n1,234;0\n0,125;1\n', ',', [1.234, 0.125]],
    ['three decimals with a point', '', 'a,y\n1.234,0\n12.345,1\n', '.', [1.234, 12.345]],
  ])('%s', (_, thousands, text, decimal, numbers) => {
    expect(recognizeDialect(text)).toMatchObject({ decimal, thousands });
    expect([...read(text).values]).toEqual(numbers);
  });

  it('groups of other than three digits are no thousands', () => {
    expect(problem('a;y\n1,234.5;0\n12,34.5;1\n1,000.5;1\n')?.message).toContain(
      'Line 3, column 1 ("a"): expected a number, got "12,34.5"',
    );
  });

  it('hundredths with a percent sign, which a column has throughout or not at all', () => {
    const text = 'a,b,y\n12.5%,1,0\n-3 %,2,1\n0,3,1\n';
    expect(readColumns(text).columns.map(({ kind, isPercent }) => [kind, isPercent])).toEqual([
      ['numbers', true],
      ['numbers', false],
      ['numbers', false],
    ]);
    expect([...read(text).values]).toEqual([0.125, 1, -0.03, 2, 0, 3]);
    expect(problem('a,y\n12.5%,0\n13%,1\n0.4,1\n')).toEqual({
      code: 'csv/mixed-percent',
      message: 'Line 4, column 1 ("a"): expected a number with a percent sign as most cells of the column, got "0.4".',
      hint: 'Write the whole column one way.',
    });
    expect(problem('a,y\n1,0\n2,1\n40%,1\n')?.message).toContain('Line 4, column 1 ("a"): expected a number without a percent sign');
  });

  it.each([
    ['money', '$1,234.50'],
    ['money', '-$5'],
    ['money', '12.5 EUR'],
    ['money', '€ 3'],
    ['money', '1,200 kr'],
    ['money', '($12.50)'],
    ['money', 'US$ 3'],
    ['dates', '2024-01-31'],
    ['dates', '2024-01-31T12:30:00Z'],
    ['dates', '2024-01-31 12:30'],
    [undefined, '31 days'],
    [undefined, '2024-13-31'],
    [undefined, 'A4'],
  ])('a column that looks like %s stays words, and it is said: %j', (looksLike, cell) => {
    const [column] = readColumns(`a,b,y\n"${cell}",1.5,0\n"${cell}",2.5,1\n`).columns;
    expect([column!.kind, column!.looksLike]).toEqual(['words', looksLike]);
    const remarks = [false, true].map((isIgnored) => remarkOn(column!, isIgnored)?.message);
    const holds = `Column "a" holds ${looksLike === 'money' ? 'amounts of money' : 'dates'} ("${cell}")`;
    expect(remarks).toEqual(
      looksLike === undefined
        ? [undefined, undefined]
        : [`${holds}: they are taken as words, not as numbers.`, `${holds}, no numbers: it is ignored.`],
    );
  });
});

describe('separators at the end of lines (T7)', () => {
  it.each([
    ['of every line', 'a,b,y,,\n1,2,0,,\n3,4,1,,\n'],
    ['of the rows alone', 'a,b,y\n1,2,0,\n3,4,1,\n'],
    ['of the names alone', 'a,b,y,\n1,2,0\n3,4,1\n'],
    ['of some, with spaces', 'a,b,y\n1,2,0\n3,4,1, ,\n'],
  ])('%s make no column', (_, text) => {
    const cut = readColumns(text);
    expect([cut.columns.map(({ name }) => name), cut.hasTrailing, cut.rows]).toEqual([
      ['a', 'b', 'y'],
      true,
      [
        ['1', '2', '0'],
        ['3', '4', '1'],
      ],
    ]);
  });

  it('leave a column that has a name or a cell, and a row that is too long or too short', () => {
    expect(readColumns('a,y,\n1,0,7\n2,1,\n').columns.map(({ name }) => name)).toEqual(['a', 'y', 'column3']);
    expect(readColumns('1,2,\n3,4,5\n').columns).toHaveLength(3);
    expect(readColumns('a,y,notes\n1,0,\n').columns).toHaveLength(3);
    expect(problem('a,y\n1,0,\n2,1,x\n')?.message).toBe('Line 3, column 3: expected 2 columns as in line 1, got 3 columns.');
    expect(problem('a,b,y,\n1,2,0\n1,2\n')?.message).toBe('Line 3, column 3: expected 3 columns as in line 1, got 2 columns.');
  });
});

it('line ends of three kinds in one file end lines (T7)', () => {
  expect(readColumns('a,y\r\n1,0\n2,1\r3,0\r\n\r\n4,1').rows.map(([a]) => a)).toEqual(['1', '2', '3', '4']);
});
