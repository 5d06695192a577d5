/** @file Whether a Module is among the matches of the filter bar: matches stand out, the others step back. */
import type { Path } from '../../core/document/index.ts';
import type { MatchResult } from '../runs/store.ts';
import { memoByIdentity } from '../derived/memo.ts';
import { useRuns } from '../runs/hooks.ts';
import { useSession } from '../session/hooks.ts';
import { pathKey } from '../session/store.ts';

const matchedKeys = memoByIdentity((match: MatchResult): ReadonlySet<string> => new Set(match.paths.map(pathKey)));

/** 'yes' or 'no' while a filter is shown, else undefined. Nodes that are no Modules never match. */
export function useMatch(path: Path | null): 'yes' | 'no' | undefined {
  const isActive = useSession((state) => state.filterActive && state.filterText.trim() !== '');
  const match = useRuns((state) => state.match);
  if (!isActive || !match) return undefined;
  return path !== null && matchedKeys(match).has(pathKey(path)) ? 'yes' : 'no';
}
