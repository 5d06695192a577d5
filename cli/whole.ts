/** @file Numbers of the command line. */
import { UsageError } from './io.ts';

/** A whole number from `least`, or undefined where the option is not given. @throws UsageError for anything else. */
export function wholeNumber(name: string, value: string | boolean | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : NaN;
  if (!Number.isSafeInteger(number) || number < least)
    throw new UsageError(`--${name}: expected a whole number from ${least}, got "${String(value)}".`);
  return number;
}
