/** @file Paths from a root Module to what it holds, and the one order that all of them are listed in. */

/** One step of a path: an attribute's name, or a position. 0 and '0' are different steps. */
export type PathPart = string | number;

/** The steps from the root; the root's own path is empty. */
export type Path = readonly PathPart[];

// In UTF-16, characters beyond the basic plane (surrogates) sort before U+E000; by code point they come last.
function codePointRank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}

/** Compares by code point, as Python does: digits < upper case < underscore < lower case. Never by locale. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA !== unitB) return codePointRank(unitA) - codePointRank(unitB);
  }
  return a.length - b.length;
}

/** Integers first, by size; then text, by code point. Flax fails where both meet (BUG-14); here they have an order. */
export function compareParts(a: PathPart, b: PathPart): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1;
  return typeof b === 'number' ? 1 : compareText(a, b);
}

/** Compares part by part; a path comes before those that it begins. */
export function comparePaths(a: Path, b: Path): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareParts(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** The path as messages name it: `blocks/0/linear`. The root is the empty text. */
export function pathText(path: Path): string {
  return path.join('/');
}

/** The path as Python prints a tuple: `('blocks', 0)`. */
export function pathTuple(path: Path): string {
  const parts = path.map((part) => (typeof part === 'number' ? String(part) : `'${part}'`));
  return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(', ')})`;
}
