/** @file Numbers as the user reads them: four significant digits. */

/** `0.1235`, `1.235e-7`, `12350`; `–` for null. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e6 || size < 1e-4 ? value.toExponential(3) : plain(value);
  return text.replace('-', '−');
}

function plain(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(4)));
}

// Made once: `toLocaleString` makes one for every call.
const COUNT = new Intl.NumberFormat('en-US');

/** `1,234,567`. */
export function formatCount(value: number): string {
  return COUNT.format(value);
}

const MANY = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 4 });

/** `1,234`, `1.235 M`: a count of which the first digits tell enough. */
export function formatMany(value: number): string {
  return value < 10_000
    ? formatCount(value)
    : MANY.format(value)
        .replace(/([KMBT])$/, ' $1')
        .replace(' B', ' G');
}

/** `1 step`, `20 steps`. */
export function formatPlural(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}
