/** @file What stands in a cell: a number, with a point or a comma, a gap, or a word. */

const WITH_POINT = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const WITH_COMMA = /^[-+]?(?:\d+,?\d*|,\d+)(?:[eE][-+]?\d+)?$/;
/** What people and programs write where there is no value. Compared without case. */
export const GAPS: readonly string[] = ['', 'na', 'n/a', 'nan', 'null', 'none', '?', '-', '--', '.', '#n/a', '#na', '<na>'];
const LONGEST_GAP = Math.max(...GAPS.map((gap) => gap.length));
const isKnownGap = new Set(GAPS);

export type Decimal = '.' | ',';

export function isGap(cell: string): boolean {
  const text = cell.trim();
  return text.length <= LONGEST_GAP && isKnownGap.has(text.toLowerCase());
}

/** The number in a cell; NaN where it holds none. Number() alone would also take '', '0x10' and 'Infinity'. */
export function numberIn(cell: string, decimal: Decimal): number {
  const text = cell.trim();
  if (!(decimal === ',' ? WITH_COMMA : WITH_POINT).test(text)) return NaN;
  const value = Number(decimal === ',' ? text.replace(',', '.') : text);
  // The widest float32 is about 3.4e38: beyond it the table would hold Infinity.
  return Number.isFinite(Math.fround(value)) ? value : NaN;
}

/** A cell for a message. */
export function shownCell(cell: string): string {
  return cell.trim() === '' ? 'an empty cell' : `"${cell.length > 40 ? `${cell.slice(0, 40)}…` : cell}"`;
}
