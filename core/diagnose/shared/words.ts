/** @file Numbers and lists in sentences. */
import type { Numbers } from '../seen.ts';

const COUNT = new Intl.NumberFormat('en-US');

export function count(number: number, word = ''): string {
  return word === '' ? COUNT.format(number) : `${COUNT.format(number)} ${word}${number === 1 ? '' : 's'}`;
}

/** Three digits. */
export function short(number: number): string {
  return Number.isFinite(number) ? String(Number(number.toPrecision(3))) : String(number);
}

export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** At most so many, and how many more there are. */
export function list(names: readonly string[], most = 4): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
}

/** `3 NaN and 2 infinite of 64 numbers`. */
export function notFiniteText({ nans, infinities, count: all }: Numbers): string {
  const parts = [nans > 0 ? `${count(nans)} NaN` : '', infinities > 0 ? `${count(infinities)} infinite` : ''];
  return `${parts.filter((part) => part !== '').join(' and ')} of ${count(all)} numbers`;
}
