/** @file Rows of a batch, as one writes them. Pure. */
import type { RowRange } from '../../core/run/index.ts';

/** `5`, `3-6`. */
export function rowsInput({ from, count }: RowRange): string {
  return count === 1 ? String(from) : `${from}-${from + count - 1}`;
}

/** Null for all; undefined for what is no rows. */
export function parseRows(text: string): RowRange | null | undefined {
  const written = text.trim().toLowerCase();
  if (written === '' || written === 'all') return null;
  const match = /^(\d+)(?:\s*(?:-|–|to|\.\.)\s*(\d+))?$/.exec(written);
  if (!match) return undefined;
  const from = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return last < from ? undefined : { from, count: last - from + 1 };
}
