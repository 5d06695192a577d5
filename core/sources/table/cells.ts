/** @file What stands in a cell: a number, with a point or a comma, thousands apart, in percent; a gap, or a word. */

const WITH_POINT = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const WITH_COMMA = /^[-+]?(?:\d+,?\d*|,\d+)(?:[eE][-+]?\d+)?$/;
/** What people and programs write where there is no value. Compared without case. */
export const GAPS: readonly string[] = ['', 'na', 'n/a', 'nan', 'null', 'none', '?', '-', '--', '.', '#n/a', '#na', '<na>'];
const LONGEST_GAP = Math.max(...GAPS.map((gap) => gap.length));
const isKnownGap = new Set(GAPS);

export const DECIMALS = ['.', ','] as const;
export type Decimal = (typeof DECIMALS)[number];
/** Between groups of three digits; a space means any, also those that do not break a line. Empty: nothing stands there. */
export const THOUSANDS = ['', ',', '.', ' ', "'"] as const;
export type Thousands = (typeof THOUSANDS)[number];

export interface Signs {
  readonly decimal: Decimal;
  readonly thousands: Thousands;
}

export function isGap(cell: string): boolean {
  const text = cell.trim();
  return text.length <= LONGEST_GAP && isKnownGap.has(text.toLowerCase());
}

export function isPercent(cell: string): boolean {
  return cell.trimEnd().endsWith('%');
}

/** Whole groups of three only, and no zero before them: `0,125` is no thousand. */
const GROUPED: Readonly<Record<Exclude<Thousands, ''>, RegExp>> = {
  ',': /^[-+]?[1-9]\d{0,2}(?:,\d{3})+(?![\d,])/,
  '.': /^[-+]?[1-9]\d{0,2}(?:\.\d{3})+(?![\d.])/,
  ' ': /^[-+]?[1-9]\d{0,2}(?:\s\d{3})+(?![\d\s])/,
  "'": /^[-+]?[1-9]\d{0,2}(?:['’]\d{3})+(?![\d'’])/,
};
const BETWEEN: Readonly<Record<Exclude<Thousands, ''>, RegExp>> = { ',': /,/g, '.': /\./g, ' ': /\s/g, "'": /['’]/g };

/** The number in a cell, `12.5%` as 0.125; NaN where it holds none. Number() alone would also take '', '0x10' and 'Infinity'. */
export function numberIn(cell: string, { decimal, thousands }: Signs): number {
  let text = cell.trim();
  const percent = text.endsWith('%');
  if (percent) text = text.slice(0, -1).trimEnd();
  if (thousands !== '' && GROUPED[thousands].test(text)) text = text.replace(BETWEEN[thousands], '');
  if (!(decimal === ',' ? WITH_COMMA : WITH_POINT).test(text)) return NaN;
  const number = Number(decimal === ',' ? text.replace(',', '.') : text);
  const value = percent ? number / 100 : number;
  // The widest float32 is about 3.4e38: beyond it the table would hold Infinity.
  return Number.isFinite(Math.fround(value)) ? value : NaN;
}

/** A cell for a message. */
export function shownCell(cell: string): string {
  return cell.trim() === '' ? 'an empty cell' : `"${cell.length > 40 ? `${cell.slice(0, 40)}…` : cell}"`;
}
