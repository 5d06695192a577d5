/** @file A line of the quick-add field: one addition, or several one behind the other, `Linear 64 > relu`. */
import { findEntries, type QuickEntry } from './entries.ts';
import { wordsOf } from './tokens.ts';

export interface ReadPart {
  /** What to look for. */
  readonly query: string;
  /** What stands behind it. */
  readonly words: readonly string[];
}

/** Splits a part into the name that is looked for and its arguments: a name typed out ends there, words that find something belong together. */
export function splitPart(part: string, entries: readonly QuickEntry[]): ReadPart {
  const words = wordsOf(part);
  const [head = '', ...rest] = words;
  const isName = entries.some((entry) => entry.title.toLowerCase() === head.toLowerCase());
  if (!isName && rest.length > 0 && words.every((word) => /^[A-Za-z][A-Za-z-]*$/.test(word))) {
    const whole = words.join(' ');
    if (findEntries(entries, whole, () => true).length > 0) return { query: whole, words: [] };
  }
  return { query: head, words: rest };
}

/** The entry that a name means without choosing from the list. */
export function entryFor(query: string, entries: readonly QuickEntry[], fits: (entry: QuickEntry) => boolean): QuickEntry | undefined {
  return findEntries(entries, query, fits)[0];
}
