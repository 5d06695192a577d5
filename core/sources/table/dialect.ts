/** @file How a file writes a table: separator, header, comments, signs in numbers. Recognised from the text, unless the document says it. */
import { fail } from '../../spec/run-error.ts';
import type { Signs } from './cells.ts';
import { recognizeComment, tryRecords, type CommentSign } from './comments.ts';
import { hasHeader, namesInComment } from './header.ts';
import { declaredSeparator, readRecords, type Records } from './records.ts';
import { recognizeSigns } from './signs.ts';
import { isTrailing } from './width.ts';

export const SEPARATORS = [',', ';', '\t', '|', ':', ' '] as const;
export type Separator = (typeof SEPARATORS)[number];

export interface Dialect extends Signs {
  readonly separator: Separator;
  /** The first line, or a comment right above it, names the columns. */
  readonly header: boolean;
  /** Lines that begin with it are no rows. */
  readonly comment: CommentSign;
}

export interface Recognized {
  readonly dialect: Dialect;
  readonly records: Records;
  /** The names of the columns, where a comment gives them. */
  readonly namesInComment: readonly string[] | undefined;
}

const SAMPLE = 200; // records that decide on the separator

/** Reads a text as its dialect wants it; what `given` says is taken as it is. @throws RunError for quotes that do not close, and for a line `sep=` that names no separator. */
export function recognize(text: string, given: Partial<Dialect> = {}): Recognized {
  const separatorOf = (sign: CommentSign): Separator => given.separator ?? recognizeSeparator(text, sign);
  const comment = given.comment ?? recognizeComment(text, separatorOf);
  const separator = separatorOf(comment);
  const records = readRecords(text, separator, Infinity, comment);
  const signs = recognizeSigns(records.cells, separator, given);
  const names = given.header === false ? undefined : namesInComment(records, separator, signs);
  const header = given.header ?? (names !== undefined || hasHeader(records, signs));
  return { dialect: { separator, ...signs, header, comment }, records, namesInComment: names };
}

export function recognizeDialect(text: string, given: Partial<Dialect> = {}): Dialect {
  return recognize(text, given).dialect;
}

/** The separator under which most lines have as many cells as the first, and more than one; of equals the sign that texts have less often. */
function recognizeSeparator(text: string, comment: CommentSign): Separator {
  const declared = declaredSeparator(text);
  if (declared) return SEPARATORS.find((each) => each === declared.separator) ?? refuseSeparator(declared.separator);
  let best: Separator = ',';
  let bestScore = 0;
  for (const separator of ['\t', ';', '|', ',', ':', ' '] as const) {
    const { cells } = tryRecords(text, separator, comment, SAMPLE);
    const width = cells[0]?.length ?? 0;
    if (width < 2) continue;
    const score = cells.filter((row) => row.length === width || (row.length > width && isTrailing(row, width))).length / cells.length;
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
