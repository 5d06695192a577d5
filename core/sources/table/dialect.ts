/** @file How a file writes a table: separator, header, decimal sign. Recognised from its first lines, unless the document says it. */
import { isGap, numberIn, type Decimal } from './cells.ts';
import { fail } from '../../spec/run-error.ts';
import { declaredSeparator, readRecords, type Records } from './records.ts';

export const SEPARATORS = [',', ';', '\t', '|', ':', ' '] as const;
export type Separator = (typeof SEPARATORS)[number];

export interface Dialect {
  readonly separator: Separator;
  readonly decimal: Decimal;
  /** The first line names the columns. */
  readonly header: boolean;
}

const SAMPLE = 200; // records that decide

/** The dialect of a text; what `given` says is taken as it is. @throws RunError for quotes that do not close, and for a line `sep=` that names no separator. */
export function recognizeDialect(text: string, given: Partial<Dialect> = {}): Dialect {
  const separator = given.separator ?? recognizeSeparator(text);
  const records = readRecords(text, separator, SAMPLE);
  const decimal = given.decimal ?? recognizeDecimal(records);
  return { separator, decimal, header: given.header ?? hasHeader(records, decimal) };
}

/** The separator under which most lines have as many cells as the first, and more than one; of equals the sign that texts have less often. */
function recognizeSeparator(text: string): Separator {
  const declared = declaredSeparator(text);
  if (declared) return SEPARATORS.find((each) => each === declared.separator) ?? refuseSeparator(declared.separator);
  let best: Separator = ',';
  let bestScore = 0;
  for (const separator of ['\t', ';', '|', ',', ':', ' '] as const) {
    const { cells } = tryRecords(text, separator);
    const width = cells[0]?.length ?? 0;
    if (width < 2) continue;
    const score = cells.filter((row) => row.length === width).length / cells.length;
    if (score > bestScore) [best, bestScore] = [separator, score];
  }
  return best;
}

function refuseSeparator(separator: string): never {
  return fail(
    'csv/separator',
    `Line 1, column 1: expected sep= with a comma, semicolon, tab, bar, colon or space, got "${separator}".`,
    'Save the table with one of these between its columns, or choose the separator in the form.',
  );
}

/** Quotes that do not close under one separator may under another. */
function tryRecords(text: string, separator: string): Records {
  try {
    return readRecords(text, separator, SAMPLE);
  } catch {
    return { cells: [], lines: [] };
  }
}

/** A comma where more cells are numbers with a comma than with a point. */
function recognizeDecimal({ cells }: Records): Decimal {
  const all = cells.flat().filter((cell) => !isGap(cell));
  const commas = all.filter((cell) => cell.includes(',') && !Number.isNaN(numberIn(cell, ',')));
  const points = all.filter((cell) => cell.includes('.') && !Number.isNaN(numberIn(cell, '.')));
  return commas.length > points.length ? ',' : '.';
}

/**
 * Whether the first line names the columns: it has a word above numbers, or, in a table of words alone, words that no other line has. A gap
 * says nothing, and a number may be a name, such as a year.
 */
function hasHeader({ cells }: Records, decimal: Decimal): boolean {
  const [first = [], ...others] = cells;
  const isNumber = (cell: string | undefined) => cell !== undefined && !Number.isNaN(numberIn(cell, decimal));
  if (others.length === 0) return !first.some(isNumber);
  const columns = first.map((cell, i) => ({ cell, below: others.map((row) => row[i] ?? '').filter((each) => !isGap(each)) }));
  const numeric = columns.filter(({ below }) => below.length > 0 && below.filter(isNumber).length > below.length / 2);
  if (numeric.length > 0) return numeric.some(({ cell }) => !isNumber(cell) && !isGap(cell));
  return columns.every(({ cell, below }) => cell.trim() !== '' && !below.includes(cell));
}
