/** @file Which sign stands before decimals and which between thousands, recognised from the numbers of a table. */
import { DECIMALS, numberIn, THOUSANDS, type Signs } from './cells.ts';

/** Nothing but a number, as anyone writes it, is as long. */
const LONGEST = 40;
const DIGITS = /^[-+]?\d+$/;
const NUMBER_LIKE = /^[-+]?[\d.,'’\s]*\d[\d.,'’\s]*(?:[eE][-+]?\d+)?\s*%?$/;

/** Plain ones first: of two that read as many cells the earlier is taken. */
const ALL: readonly Signs[] = THOUSANDS.flatMap((thousands) =>
  DECIMALS.flatMap((decimal) => (decimal === (thousands as string) ? [] : [{ decimal, thousands }])),
);

/**
 * The signs under which most cells are numbers. `1,234` alone is both: between commas, and so in quotes, it is a thousand; where something
 * else separates columns, as where a comma is the decimal sign, it is not.
 */
export function recognizeSigns(rows: Iterable<readonly string[]>, separator: string, given: Partial<Signs>): Signs {
  const able = ALL.filter(
    ({ decimal, thousands }) => (given.decimal ?? decimal) === decimal && (given.thousands ?? thousands) === thousands,
  );
  const signs = separator === ',' ? [...able].sort((a, b) => rank(a) - rank(b)) : able;
  const counts = signs.map(() => 0);
  for (const row of rows) {
    for (const cell of row) {
      if (cell.length > LONGEST) continue;
      const text = cell.trim();
      if (DIGITS.test(text) || !NUMBER_LIKE.test(text)) continue;
      for (const [i, each] of signs.entries()) if (!Number.isNaN(numberIn(text, each))) counts[i]!++;
    }
  }
  const most = Math.max(...counts, 0);
  return signs[counts.indexOf(most)] ?? { decimal: given.decimal ?? '.', thousands: given.thousands ?? '' };
}

/** Between commas: a plain point, thousands with commas, then the others. */
function rank({ decimal, thousands }: Signs): number {
  if (decimal === '.') return thousands === '' ? 0 : thousands === ',' ? 1 : 3;
  return thousands === '' ? 2 : 4;
}
