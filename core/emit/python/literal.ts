/** @file JSON values as Python literals. */
import type { ParamValue } from '../../spec/index.ts';
import { writeText } from './text.ts';

/** JSON as Python; lists become tuples, which can be hashed as static attributes must be. */
export function writePlain(value: ParamValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Number.isInteger(value) ? writeInteger(value) : writeFloat(value);
  if (typeof value === 'string') return writeText(value);
  if (Array.isArray(value)) return writeTuple(value.map((item: ParamValue) => writePlain(item)));
  return `{${Object.entries(value)
    .map(([key, item]) => `${writeText(key)}: ${writePlain(item as ParamValue)}`)
    .join(', ')}}`;
}

/** A number that Python takes as a float: `1.0`, `1e-05`. */
export function writeFloat(value: number): string {
  if (!Number.isFinite(value)) return `float('${value > 0 ? 'inf' : value < 0 ? '-inf' : 'nan'}')`;
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[.e]/.test(text) ? text.replace('e+', 'e') : `${text}.0`;
}

export function writeInteger(value: number): string {
  // JavaScript writes large integers as 1e+21, which Python would read as a float.
  return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
}

export function writeTuple(items: readonly string[]): string {
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}
