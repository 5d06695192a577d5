/** @file Lines that are no rows: which sign begins them. */
import { DECIMALS, isGap, numberIn } from './cells.ts';
import { readRecords, type Comment, type Records } from './records.ts';

/** What may begin a line that is no row. Empty: nothing does. */
export const COMMENTS = ['', '#', '%'] as const;
export type CommentSign = (typeof COMMENTS)[number];

/**
 * The sign that begins comment lines. A line that begins with it but fits the table may be a row or a header: it is one unless other lines
 * show that it is not (they fit no table), or what stands behind the sign is what other rows have there (a row that was taken out).
 */
export function recognizeComment(text: string, separatorOf: (comment: CommentSign) => string): CommentSign {
  for (const sign of ['#', '%'] as const) {
    if (!new RegExp(`(?:^|[\\r\\n\\uFEFF]) *${sign}`).test(text)) continue;
    const separator = separatorOf(sign);
    const records = tryRecords(text, separator, sign);
    if (records.cells.length > 0 && isCommented(records, separator)) return sign;
  }
  return '';
}

/** Quotes that do not close under one separator may under another. */
export function tryRecords(text: string, separator: string, comment: CommentSign, limit = Infinity): Records {
  try {
    return readRecords(text, separator, limit, comment);
  } catch {
    return { cells: [], lines: [], comments: [] };
  }
}

function isCommented({ cells, comments }: Records, separator: string): boolean {
  const width = cells[0]!.length;
  const fits = (comment: Comment): boolean => cellsOf(comment, separator).length === width && width > 1;
  if (comments.some((each) => !fits(each))) return true;
  // The last line before the table names its columns, if it is alone.
  const within = comments.filter(({ before }, i) => before > 0 || comments[i + 1]?.before === 0);
  // `#N/A` is a gap.
  if (within.length === 0 || within.some((each) => isGap(rowOf(each.text, separator)[0]!))) return false;
  const first = new Set(cells.map((row) => row[0]!.trim()));
  const isNumber = (cell: string): boolean => DECIMALS.some((decimal) => !Number.isNaN(numberIn(cell, { decimal, thousands: '' })));
  const areNumbers = [...first].filter(isNumber).length * 2 > first.size;
  return areNumbers || within.every((each) => first.has(cellsOf(each, separator)[0]!.trim()));
}

/** What stands behind the sign, cut as a row is. */
export function cellsOf({ text }: Comment, separator: string): readonly string[] {
  return rowOf(text.replace(/^[#%]+ */, ''), separator);
}

function rowOf(text: string, separator: string): readonly string[] {
  return tryRecords(text, separator, '', 1).cells[0] ?? [''];
}
