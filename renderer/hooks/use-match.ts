/** @file Whether a Module is among the matches of the filter bar: matches stand out, the others step back. */
import type { Path } from '../../core/document/index.ts';
import type { MatchResult } from '../state/runs/store.ts';
import { memoByIdentity } from '../state/derived/memo.ts';
import { useRuns } from './runs.ts';
import { useSession } from './session.ts';
import { pathKey } from '../state/paths.ts';

const matchedKeys = memoByIdentity((match: MatchResult): ReadonlySet<string> => new Set(match.paths.map(pathKey)));

/** 'yes' or 'no' while a filter is shown, else undefined. Nodes that are no Modules never match. */
export function useMatch(path: Path | null): 'yes' | 'no' | undefined {
  const isActive = useSession((state) => state.filterActive && state.filterText.trim() !== '');
  const match = useRuns((state) => state.match);
  if (!isActive || !match) return undefined;
  return path !== null && matchedKeys(match).has(pathKey(path)) ? 'yes' : 'no';
}
