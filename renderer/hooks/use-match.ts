/** @file Whether a Module is among the matches of the filter bar: matches stand out, the others step back. */
import type { Path } from '../../core/document/index.ts';
import type { MatchResult } from '../state/runs/store.ts';
import { memoByIdentity } from '../state/derived/memo.ts';
import { useRuns } from './runs.ts';
import { useSession } from './session.ts';
import { pathKey } from '../state/paths.ts';

const matchedKeys = memoByIdentity((match: MatchResult): ReadonlySet<string> => new Set(match.paths.map(pathKey)));

/** Whatever holds a match, at any depth. */
const holderKeys = memoByIdentity(
  (match: MatchResult): ReadonlySet<string> =>
    new Set(match.paths.flatMap((path) => path.map((_, depth) => pathKey(path.slice(0, depth))))),
);

/** Whether a Module matches, or something within it does. Nodes that are no Modules never match. */
export function matchOf(match: MatchResult, path: Path | null): 'yes' | 'within' | 'no' {
  if (path === null) return 'no';
  const key = pathKey(path);
  return matchedKeys(match).has(key) ? 'yes' : holderKeys(match).has(key) ? 'within' : 'no';
}

/** The same for the filter bar; undefined while no filter is shown. */
export function useMatch(path: Path | null): ReturnType<typeof matchOf> | undefined {
  const isActive = useSession((state) => state.filterActive && state.filterText.trim() !== '');
  const match = useRuns((state) => state.match);
  return isActive && match ? matchOf(match, path) : undefined;
}
