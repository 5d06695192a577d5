/** @file Words that people take for numbers: amounts of money, and dates. They stay words, and it is said. */

const CURRENCY = String.raw`(?:\p{Sc}|[A-Z]{3}|[A-Z]{1,3}\p{Sc}|kr\.?|zł|Kč|Fr\.?)`;
const BEFORE = new RegExp(`^([-+(]?)\\s*${CURRENCY}\\s*`, 'u');
const BEHIND = new RegExp(`\\s*${CURRENCY}\\s*(\\)?)$`, 'u');
const LONGEST = 40;
/** Bookkeepers put what is owed in brackets. */
const AMOUNT = /^[-+]?\(?\d[\d.,'’\s]*\)?$/;
/** ISO 8601, with or without a time of day. */
const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[-+]\d{2}(?::?\d{2})?)?)?$/;

/** A number with a sign or a code of a currency before or behind it. */
export function isMoney(cell: string): boolean {
  const text = cell.trim();
  if (text.length > LONGEST || !/\d/.test(text)) return false;
  const bare = text.replace(BEFORE, '$1').replace(BEHIND, '$1');
  return bare !== text && AMOUNT.test(bare);
}

export function isDate(cell: string): boolean {
  return cell.length <= LONGEST && DATE.test(cell.trim());
}

/** What is looked at of a column. */
interface Looked {
  readonly name: string;
  readonly looksLike: keyof typeof LOOKS | undefined;
  readonly words: readonly string[];
}

interface Remark {
  readonly message: string;
  readonly hint: string;
}

const LOOKS = {
  money: {
    holds: 'amounts of money',
    hint: 'Take the signs of currencies out of the file to use the amounts as numbers, or ignore the column.',
  },
  dates: {
    holds: 'dates',
    hint: 'Ignore the column, or put what matters of the dates (a year, a month, days since) into columns of numbers.',
  },
} as const;

/** What a person should know of a column of words that look like numbers; undefined where there is nothing to say. */
export function remarkOn({ name, looksLike, words }: Looked, isIgnored: boolean): Remark | undefined {
  if (!looksLike) return undefined;
  const { holds, hint } = LOOKS[looksLike];
  const some = words[0] === undefined ? '' : ` ("${words[0].slice(0, LONGEST)}")`;
  const use = isIgnored ? ', no numbers: it is ignored.' : ': they are taken as words, not as numbers.';
  return { message: `Column "${name.slice(0, 80)}" holds ${holds}${some}${use}`, hint };
}
