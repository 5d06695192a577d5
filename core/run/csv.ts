/** @file Comma-separated text to a table of numbers with one column to predict. Every mistake is reported by line and column. */
import { fail } from './problem.ts';
import { readRecords } from './csv-records.ts';

export interface CsvTable {
  readonly rows: number;
  /** Names of the feature columns, in file order, without the label. */
  readonly features: readonly string[];
  /** Row-major, `rows` by `features.length`. */
  readonly values: Float32Array;
  /** The column to predict: its numbers, or for text the index into `classes`. */
  readonly labels: Float32Array;
  /** The words of a text label in order of appearance (setosa, versicolor, virginica); null for numbers. */
  readonly classes: readonly string[] | null;
}

// Number() alone would also take '', '0x10' and 'Infinity'.
const NUMBER = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/;

function shown(cell: string): string {
  return cell.trim() === '' ? 'an empty cell' : `"${cell.length > 40 ? `${cell.slice(0, 40)}…` : cell}"`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function findLabel(header: readonly string[], label: string): number {
  const found = header.indexOf(label);
  if (found < 0) {
    const other = [';', '\t'].find((separator) => header.length === 1 && header[0]?.includes(separator));
    if (other)
      fail(
        'csv/separator',
        `Line 1: expected columns separated by commas, got ${other === ';' ? 'semicolons' : 'tabs'}.`,
        'Save the file with commas between the columns.',
      );
    if (header.every((name) => NUMBER.test(name)))
      fail('csv/no-header', 'Line 1: expected the names of the columns, got numbers.', 'Add a first line with the names of the columns.');
    const names = header.length > 12 ? [...header.slice(0, 10), '…', header.at(-1)] : header;
    fail(
      'csv/no-label',
      `Line 1: expected a column "${label}" to predict, got the columns ${names.join(', ')}.`,
      'Choose one of these as the label.',
    );
  }
  const second = header.indexOf(label, found + 1);
  if (second >= 0)
    fail('csv/two-labels', `Line 1: columns ${found + 1} and ${second + 1} are both called "${label}".`, 'Rename one of them.');
  if (header.length === 1)
    fail('csv/no-features', `Line 1: expected columns besides the label "${label}", got none.`, 'Add at least one column of numbers.');
  return found;
}

/**
 * Reads the whole file. The first line names the columns; `label` is the one to predict, all others are numbers. A label is
 * text if its first cell is no number, and then every distinct word is a class.
 * @throws RunError with code `csv/…`, naming line and column.
 */
export function parseCsv(text: string, label: string): CsvTable {
  const records = readRecords(text);
  const header = records.cells[0]?.map((name) => name.trim());
  if (!header) fail('csv/empty', 'The file is empty: expected a line with the names of the columns.', 'Choose another file.');
  const labelAt = findLabel(header, label);
  const rows = records.cells.length - 1;
  if (rows === 0)
    fail('csv/no-rows', 'Expected rows below the names of the columns, got none.', 'Add data to the file, or choose another.');
  const width = header.length;
  const values = new Float32Array(rows * (width - 1));
  const labels = new Float32Array(rows);
  const classes = NUMBER.test(records.cells[1]?.[labelAt] ?? '') ? null : new Map<string, number>();

  const number = (cell: string, line: number, column: number): number => {
    // The widest float32 is about 3.4e38: beyond it the table would hold Infinity.
    if (NUMBER.test(cell) && Number.isFinite(Math.fround(Number(cell)))) return Number(cell);
    return fail(
      'csv/not-a-number',
      `Line ${line}, column ${column + 1} ("${header[column] ?? ''}"): expected a number, got ${shown(cell)}.`,
      'Mend the cell, or take the row out.',
    );
  };
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const cells = records.cells[row + 1] ?? [];
    const line = records.lines[row + 1] ?? 0;
    if (cells.length !== width)
      fail(
        'csv/ragged-row',
        `Line ${line}, column ${Math.min(cells.length, width) + 1}: expected ${plural(width, 'column')} as in line 1, got ${plural(cells.length, 'column')}.`,
        cells.length > width ? 'Put quotes around text that holds a comma, or take the extra cells out.' : 'Add the missing cells.',
      );
    for (let column = 0; column < width; column++) {
      const cell = cells[column] ?? '';
      if (column !== labelAt) values[at++] = number(cell, line, column);
      else if (!classes) labels[row] = number(cell, line, column);
      else {
        const word = cell.trim();
        if (word === '')
          fail(
            'csv/no-class',
            `Line ${line}, column ${column + 1} ("${label}"): expected a class, got an empty cell.`,
            'Fill the cell in.',
          );
        const index = classes.get(word) ?? classes.size;
        classes.set(word, index);
        labels[row] = index;
      }
    }
  }
  return { rows, features: header.filter((_, column) => column !== labelAt), values, labels, classes: classes && [...classes.keys()] };
}
