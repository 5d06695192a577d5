/** @file A table cut into named columns with what stands in each: what a preview shows, and what roles are chosen by. */
import { fail } from '../../spec/run-error.ts';
import { isGap, isPercent, numberIn } from './cells.ts';
import { recognize, type Dialect } from './dialect.ts';
import { isDate, isMoney } from './kinds.ts';
import { declaredSeparator } from './records.ts';
import { isTrailing, tableWidth } from './width.ts';

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
  /** Its numbers are in percent: what is read is a hundredth of what stands before the sign. */
  readonly isPercent: boolean;
  /** Most of its words are amounts of money, or dates: no numbers, though they look like some. */
  readonly looksLike: 'money' | 'dates' | undefined;
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
  /** A comment, and so no record, names the columns. */
  readonly isNamedByComment: boolean;
  /** How many lines are comments. */
  readonly comments: number;
  /** Some lines end in separators behind which nothing stands. */
  readonly hasTrailing: boolean;
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
  const { dialect, records, namesInComment } = recognize(text, given);
  if (records.cells.length === 0)
    fail('csv/empty', 'The file is empty: expected a line with the names of the columns.', 'Choose another file.');
  const width = tableWidth(records.cells);
  const first = records.cells[0]!.slice(0, width);
  const isNamedByComment = namesInComment !== undefined;
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  let hasTrailing = records.cells[0]!.length > width;
  for (let i = dialect.header && !isNamedByComment ? 1 : 0; i < records.cells.length; i++) {
    const cells = records.cells[i]!;
    const line = records.lines[i]!;
    if (cells.length === 1 && width > 1 && cells[0]!.trim() === '') continue; // a blank line
    if (cells.length < width || !isTrailing(cells, width)) failRagged(cells.length, width, line, records.lines[0]!);
    hasTrailing ||= cells.length > width;
    rows.push(cells.length > width ? cells.slice(0, width) : cells);
    lines.push(line);
  }
  const names = dialect.header ? uniqueNames(namesInComment ?? first) : first.map((_, i) => `column${i + 1}`);
  return {
    dialect,
    columns: names.map((name, i) => describe(name, rows, i, dialect)),
    rows,
    lines,
    hasSeparatorLine: declaredSeparator(text) !== undefined,
    isNamedByComment,
    comments: records.comments.length,
    hasTrailing,
    firstRow: dialect.header ? undefined : first.map((cell) => cell.trim()),
  };
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

function describe(name: string, rows: Columns['rows'], at: number, signs: Dialect): Column {
  const words = new Set<string>();
  let [gaps, numbers, percents, money, dates] = [0, 0, 0, 0, 0];
  let indexFrom: number | undefined;
  let isIndex = rows.length > 2;
  for (const [i, row] of rows.entries()) {
    const cell = row[at]!;
    const number = numberIn(cell, signs);
    if (i === 0) indexFrom = number;
    if (number !== indexFrom! + i) isIndex = false;
    if (!Number.isNaN(number)) {
      numbers++;
      if (isPercent(cell)) percents++;
    } else if (isGap(cell)) gaps++;
    else if (isMoney(cell)) money++;
    else if (isDate(cell)) dates++;
    if (words.size <= MOST_WORDS) words.add(cell.trim());
  }
  const filled = rows.length - gaps;
  const isNumbers = numbers > 0 && numbers * 2 >= filled;
  const ownWords = words.size > MOST_WORDS ? [] : [...words].filter((word) => !isGap(word)).sort();
  return {
    name,
    kind: isNumbers ? 'numbers' : 'words',
    words: ownWords,
    gaps,
    isIndex: isIndex && (indexFrom === 0 || indexFrom === 1) && isNumbers,
    isPercent: percents * 2 >= numbers && percents > 0,
    looksLike: isNumbers ? undefined : money * 2 > filled ? 'money' : dates * 2 > filled ? 'dates' : undefined,
  };
}
