/** @file What someone may have meant who has mistyped a name: `Liner`, `drpout`, `atention`. */
import { likelihood } from '../../../core/check/index.ts';
import { editDistance } from '../../../core/spec/index.ts';
import type { QuickEntry } from './entries.ts';

/** Shorter words are like too many. */
const SHORTEST = 3;
const MOST = 5;

/** The entries whose name, or a word of it, is written almost so: the nearest first, then the likely. */
export function guessEntries(entries: readonly QuickEntry[], query: string): readonly QuickEntry[] {
  const typed = query.toLowerCase();
  if (typed.length < SHORTEST) return [];
  const most = typed.length < 6 ? 1 : 2;
  const near = entries.flatMap((entry) => {
    const by = Math.min(...wordsOf(entry).map((word, i) => editDistance(word, typed) + (i === 0 ? 0 : 0.5)));
    return by <= most + 0.5 ? [{ entry, by, likely: likelihood(entry.type) }] : [];
  });
  return near
    .sort((a, b) => a.by - b.by || b.likely - a.likely)
    .slice(0, MOST)
    .map(({ entry }) => entry);
}

/** The whole name, its words, and names in other libraries. */
function wordsOf({ title, keywords, kind }: QuickEntry): readonly string[] {
  if (kind === 'member') return [title.toLowerCase()];
  const parts = title.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(' ');
  return [title, ...parts, ...keywords].map((word) => word.toLowerCase());
}
