/** @file From columns and roles to numbers: features row by row, gaps marked, and the label of each row. */
import { fail } from '../../spec/run-error.ts';
import { isGap, isPercent, numberIn, shownCell } from './cells.ts';
import { readColumns, type Column, type Columns } from './columns.ts';
import { isWords } from './words.ts';
import type { TableOptions } from './options.ts';

export interface Table {
  readonly rows: number;
  /** Names of the features: a column of words has one for each word, `color=red`. */
  readonly features: readonly string[];
  /** Row-major, `rows` by `features.length`; NaN where a cell is empty. */
  readonly values: Float64Array;
  /** The column to predict: its numbers, or for words the index into `classes`. */
  readonly labels: Float32Array;
  /** The words of the label, sorted; null for numbers. */
  readonly classes: readonly string[] | null;
  /** Rows left out: without a label, or with a gap where gaps are skipped. */
  readonly skipped: number;
  /** The row of the file, from 1 and without the header, of each row here. */
  readonly origins: Int32Array;
}

/** The latest table of each cut: check, run and emission ask for the same. */
const known = new WeakMap<Columns, { readonly key: string; readonly table: Table }>();

/** @throws RunError with code `csv/…`, naming line and column. */
export function readTable(text: string, options: TableOptions): Table {
  const cut = readColumns(text, options.dialect);
  const key = JSON.stringify([options.label, options.ignored, options.words, options.missing]);
  const latest = known.get(cut);
  if (latest?.key === key) return latest.table;
  const table = toNumbers(cut, options);
  known.set(cut, { key, table });
  return table;
}

function toNumbers(cut: Columns, options: TableOptions): Table {
  const labelAt = findLabel(cut, options.label);
  const ignored = new Set(options.ignored);
  const label = cut.columns[labelAt]!;
  const chosen = cut.columns.flatMap((column, at) => (at === labelAt || ignored.has(column.name) ? [] : [{ column, at }]));
  if (chosen.length === 0)
    fail(
      'csv/no-features',
      `Expected columns besides the label "${label.name}", got none.`,
      cut.columns.length === 1 ? 'Choose the sign that separates the columns, or another file.' : 'Make another column a feature.',
    );
  if (cut.rows.length === 0)
    fail('csv/no-rows', 'Expected rows below the names of the columns, got none.', 'Add data to the file, or choose another.');
  const kept = keptRows(cut, labelAt, chosen, options);
  if (kept.length === 0)
    fail(
      'csv/no-rows',
      'Every row has a gap: expected some without.',
      'Fill the gaps instead of skipping rows, or ignore the columns with gaps.',
    );
  const encoders = chosen.map(({ column, at }) => encoderOf(cut, column, at, options));
  const features = encoders.flatMap((encoder) => encoder.names);
  const values = new Float64Array(kept.length * features.length);
  const labels = new Float32Array(kept.length);
  const classes = isWords(label, options.words) ? label.words : null;
  const classOf = new Map(classes?.map((word, i) => [word, i]));
  let to = 0;
  for (const [i, row] of kept.entries()) {
    const cells = cut.rows[row]!;
    for (const encoder of encoders) to = encoder.write(cells, row, values, to);
    const cell = cells[labelAt]!;
    labels[i] = classes ? classOf.get(cell.trim())! : needNumber(cut, row, labelAt);
  }
  const origins = Int32Array.from(kept, (row) => row + 1);
  return { rows: kept.length, features, values, labels, classes, skipped: cut.rows.length - kept.length, origins };
}

/** The place of the label. @throws RunError where there is none, or two. */
export function findLabel({ columns, firstRow }: Columns, label: string): number {
  const found = columns.findIndex((column) => column.name === label);
  // Without a header the document may still name the column by its first cell.
  const byCell = found < 0 && firstRow ? firstRow.lastIndexOf(label) : found;
  if (byCell >= 0) return byCell;
  const names = columns.map((column) => column.name);
  const some = names.length > 12 ? [...names.slice(0, 10), '…', names.at(-1)] : names;
  return fail(
    'csv/no-label',
    `Expected a column "${label.slice(0, 80)}" to predict, got the columns ${some.join(', ')}.`,
    firstRow ? 'Choose one of these as the label, or say that the first line names the columns.' : 'Choose one of these as the label.',
  );
}

interface Chosen {
  readonly column: Column;
  readonly at: number;
}

/** Rows with a label and, where gaps are skipped, without a gap. */
function keptRows(cut: Columns, labelAt: number, chosen: readonly Chosen[], { missing }: TableOptions): readonly number[] {
  const withGaps = missing === 'skip' ? chosen.filter(({ column }) => column.gaps > 0) : [];
  const rows: number[] = [];
  for (const [i, cells] of cut.rows.entries()) if (!isGap(cells[labelAt]!) && withGaps.every(({ at }) => !isGap(cells[at]!))) rows.push(i);
  return rows;
}

interface Encoder {
  readonly names: readonly string[];
  /** Writes the features of one row, and gives where the next goes. */
  write(cells: readonly string[], row: number, values: Float64Array, to: number): number;
}

function encoderOf(cut: Columns, column: Column, at: number, { words }: TableOptions): Encoder {
  const { name } = column;
  if (!isWords(column, words)) {
    return {
      names: [name],
      write(cells, row, values, to) {
        values[to] = isGap(cells[at]!) ? NaN : needNumber(cut, row, at);
        return to + 1;
      },
    };
  }
  const indexOf = new Map(column.words.map((word, i) => [word, i]));
  if (Object.hasOwn(words, name) && words[name] === 'index') {
    return {
      names: [name],
      write(cells, _, values, to) {
        values[to] = indexOf.get(cells[at]!.trim()) ?? NaN;
        return to + 1;
      },
    };
  }
  if (column.words.length === 0)
    fail(
      'csv/too-many-words',
      `Column "${name}" holds a thousand different words or none: expected numbers, or a few words to make columns of.`,
      'Ignore the column, or take its words as numbers.',
    );
  return {
    names: column.words.map((word) => `${name}=${word}`),
    // A gap is none of the words: all zeros, which is how it stays when gaps are filled.
    write(cells, _, values, to) {
      const index = indexOf.get(cells[at]!.trim());
      if (index !== undefined) values[to + index] = 1;
      return to + column.words.length;
    },
  };
}

function needNumber({ rows, lines, columns, dialect }: Columns, row: number, at: number): number {
  const cell = rows[row]![at]!;
  const column = columns[at]!;
  const place = `Line ${lines[row]!}, column ${at + 1} ("${column.name}")`;
  const number = numberIn(cell, dialect);
  if (Number.isNaN(number))
    return fail('csv/not-a-number', `${place}: expected a number, got ${shownCell(cell)}.`, 'Mend the cell, or take the row out.');
  // A zero is the same with and without the sign.
  if (isPercent(cell) !== column.isPercent && number !== 0)
    return fail(
      'csv/mixed-percent',
      `${place}: expected a number ${column.isPercent ? 'with a percent sign' : 'without a percent sign'} as most cells of the column, got ${shownCell(cell)}.`,
      'Write the whole column one way.',
    );
  return number;
}
