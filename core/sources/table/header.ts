/** @file Whether a line names the columns: the first of the table, or a comment right above it. */
import { isGap, numberIn, type Signs } from './cells.ts';
import { cellsOf } from './comments.ts';
import type { Records } from './records.ts';

/** Lines that decide. */
const SAMPLE = 200;

/**
 * Whether the first line names the columns: it has a word above numbers, or, in a table of words alone, words that no other line has. A gap
 * says nothing, and a number may be a name, such as a year.
 */
export function hasHeader({ cells }: Records, signs: Signs): boolean {
  const [first = [], ...others] = cells.slice(0, SAMPLE);
  const isNumber = (cell: string | undefined) => cell !== undefined && !Number.isNaN(numberIn(cell, signs));
  if (others.length === 0) return !first.some(isNumber);
  const columns = first.map((cell, i) => ({ cell, below: others.map((row) => row[i] ?? '').filter((each) => !isGap(each)) }));
  const numeric = columns.filter(({ below }) => below.length > 0 && below.filter(isNumber).length > below.length / 2);
  if (numeric.length > 0) return numeric.some(({ cell }) => !isNumber(cell) && !isGap(cell));
  return columns.every(({ cell, below }) => cell.trim() !== '' && !below.includes(cell));
}

/** The names in a comment right above a table that names none itself, as numerical programs write them: `# x, y`. */
export function namesInComment(records: Records, separator: string, signs: Signs): readonly string[] | undefined {
  const above = records.comments.findLast(({ before }) => before === 0);
  const width = records.cells[0]?.length ?? 0;
  if (!above || width < 2 || hasHeader(records, signs)) return undefined;
  const names = cellsOf(above, separator).map((cell) => cell.trim());
  const areNames = names.length === width && names.every((name) => !isGap(name) && Number.isNaN(numberIn(name, signs)));
  return areNames ? names : undefined;
}
