/** @file A table cut into named columns with what stands in each: what a preview shows, and what roles are chosen by. */
import { fail } from '../../spec/run-error.ts';
import { isGap, numberIn } from './cells.ts';
import { recognizeDialect, type Dialect } from './dialect.ts';
import { declaredSeparator, readRecords } from './records.ts';

export interface Column {
  /** As the header says it; `column3` where it says nothing, with a number added where it says it twice. */
  readonly name: string;
  /** Numbers if at least half of the cells are: those that are none are mistakes to mend, not words. */
  readonly kind: 'numbers' | 'words';
  /** The different words, sorted, also those of a column of numbers; none of a thousand and more. */
  readonly words: readonly string[];
  readonly gaps: number;
  /** Counts 0, 1, 2 … or 1, 2, 3 … from row to row: it names rows, and tells nothing of them. */
  readonly isIndex: boolean;
}

export interface Columns {
  readonly dialect: Dialect;
  readonly columns: readonly Column[];
  /** The cells of each row, without the header. All have as many as there are columns. */
  readonly rows: readonly (readonly string[])[];
  /** The line, from 1, on which each row starts. */
  readonly lines: readonly number[];
  /** A line `sep=…` stands before the table. */
  readonly hasSeparatorLine: boolean;
  /** The cells of the first line, where it is a row: documents may name a column by them. */
  readonly firstRow: readonly string[] | undefined;
}

/** Columns with more different words list none. */
const MOST_WORDS = 1000;

const known = { key: '', text: '', columns: undefined as Columns | undefined };

/** Cuts a text into columns. The latest is remembered: form, check and run ask for the same. @throws RunError with code `csv/…`, naming line and column. */
export function readColumns(text: string, given: Partial<Dialect> = {}): Columns {
  const key = JSON.stringify(given);
  if (known.columns && known.text === text && known.key === key) return known.columns;
  const columns = cut(text, given);
  Object.assign(known, { key, text, columns });
  return columns;
}

function cut(text: string, given: Partial<Dialect>): Columns {
  const dialect = recognizeDialect(text, given);
  const records = readRecords(text, dialect.separator);
  const first = records.cells[0];
  if (!first) fail('csv/empty', 'The file is empty: expected a line with the names of the columns.', 'Choose another file.');
  const width = first.length;
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  for (let i = dialect.header ? 1 : 0; i < records.cells.length; i++) {
    const cells = records.cells[i]!;
    const line = records.lines[i]!;
    if (cells.length === 1 && width > 1 && cells[0]!.trim() === '') continue; // a blank line
    if (cells.length !== width) failRagged(cells.length, width, line, records.lines[0]!);
    rows.push(cells);
    lines.push(line);
  }
  const names = dialect.header ? uniqueNames(first) : first.map((_, i) => `column${i + 1}`);
  const columns = names.map((name, i) => describe(name, rows, i, dialect));
  const hasSeparatorLine = declaredSeparator(text) !== undefined;
  return { dialect, columns, rows, lines, hasSeparatorLine, firstRow: dialect.header ? undefined : first.map((cell) => cell.trim()) };
}

function failRagged(count: number, width: number, line: number, firstLine: number): never {
  const plural = (n: number) => `${n} column${n === 1 ? '' : 's'}`;
  return fail(
    'csv/ragged-row',
    `Line ${line}, column ${Math.min(count, width) + 1}: expected ${plural(width)} as in line ${firstLine}, got ${plural(count)}.`,
    count > width ? 'Put quotes around text that holds a separator, or take the extra cells out.' : 'Add the missing cells.',
  );
}

function uniqueNames(header: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return header.map((cell, i) => {
    const wish = cell.trim().slice(0, 200) || `column${i + 1}`;
    let name = wish;
    for (let number = 2; taken.has(name); number++) name = `${wish} (${number})`;
    taken.add(name);
    return name;
  });
}

function describe(name: string, rows: Columns['rows'], at: number, { decimal }: Dialect): Column {
  const words = new Set<string>();
  let gaps = 0;
  let numbers = 0;
  let indexFrom: number | undefined;
  let isIndex = rows.length > 2;
  for (const [i, row] of rows.entries()) {
    const cell = row[at]!;
    const number = numberIn(cell, decimal);
    if (i === 0) indexFrom = number;
    if (number !== indexFrom! + i) isIndex = false;
    if (!Number.isNaN(number)) numbers++;
    else if (isGap(cell)) gaps++;
    if (words.size <= MOST_WORDS) words.add(cell.trim());
  }
  const isNumbers = numbers > 0 && numbers * 2 >= rows.length - gaps;
  const ownWords = words.size > MOST_WORDS ? [] : [...words].filter((word) => !isGap(word)).sort();
  return {
    name,
    kind: isNumbers ? 'numbers' : 'words',
    words: ownWords,
    gaps,
    isIndex: isIndex && (indexFrom === 0 || indexFrom === 1) && isNumbers,
  };
}
