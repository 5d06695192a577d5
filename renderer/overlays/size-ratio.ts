/** @file How the size of a value in one run stands to that in another. Pure. */
import type { Statistics } from '../../core/run/index.ts';
import { formatNumber } from '../ui/format.ts';

/** The root of the mean square: of batches of any number of rows alike. Null where there is no number. */
function sizeOf({ norm, count }: Statistics): number | null {
  return norm === null ? null : norm / Math.sqrt(count);
}

/** log₂ of now / before: 1 is twice as large. Infinite where one of them is zero, 0 where both are, NaN where one is NaN. */
export function sizeRatio(now: Statistics | null, before: Statistics | null): number | null {
  const [a, b] = [now && sizeOf(now), before && sizeOf(before)];
  if (a === null || b === null) return null;
  return a === b ? 0 : Math.log2(a / b);
}

/** `×1.41`, `÷8`, `same`. */
export function ratioText(log: number): string {
  if (Number.isNaN(log)) return 'NaN';
  if (log === Infinity) return 'from 0';
  if (log === -Infinity) return 'to 0';
  const factor = 2 ** Math.abs(log);
  if (factor < 1.0005) return 'same';
  const digits = factor < 10 ? factor.toFixed(2) : factor < 1e4 ? factor.toFixed(0) : factor.toExponential(0);
  return `${log > 0 ? '×' : '÷'}${digits.replace(/\.?0+$/, (end) => (digits.includes('.') && !digits.includes('e') ? '' : end))}`;
}

/** A share of what was there before: `12.5 %`. */
export function shareText(relative: number | null): string {
  if (relative === null) return '–';
  if (relative === 0) return 'same';
  return Number.isFinite(relative) ? `${formatNumber(100 * relative)} %` : relative === Infinity ? 'from 0' : 'NaN';
}
