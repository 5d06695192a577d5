/** @file Where the Modules that the filter matches are called. */
import { graphOf } from '../../../core/graph/index.ts';
import { findClass, type ClassId, type ModelDocument, type NodeId, type Path } from '../../../core/document/index.ts';
import { findMemberAt } from '../../state/derived/find-instance.ts';
import type { OpenStep } from '../../state/session/store.ts';
import { pathKey } from '../../state/paths.ts';

export interface MatchedCalls {
  readonly open: readonly OpenStep[];
  readonly class: ClassId;
  readonly nodes: readonly NodeId[];
}

/** The calls by the instance in which they stand, in the order of the matches. What lies inside a layer is called with the layer. */
export function matchedCalls(document: ModelDocument, paths: readonly Path[]): readonly MatchedCalls[] {
  const places = new Map<string, { readonly open: readonly OpenStep[]; readonly class: ClassId; readonly nodes: Set<NodeId> }>();
  for (const path of paths) {
    const found = memberAround(document, path);
    const modelClass = found && findClass(document, found.class);
    if (!found || !modelClass) continue;
    const key = pathKey(found.open.at(-1)?.instance ?? []);
    const place = places.get(key) ?? { open: found.open, class: found.class, nodes: new Set<NodeId>() };
    places.set(key, place);
    for (const { id } of graphOf(modelClass).callsOf(found.member)) place.nodes.add(id);
  }
  return [...places.values()].map((place) => ({ ...place, nodes: [...place.nodes] })).filter(({ nodes }) => nodes.length > 0);
}

/** The member at a path, or the layer that what is at the path lies in. */
function memberAround(document: ModelDocument, path: Path): ReturnType<typeof findMemberAt> {
  for (let length = path.length; length > 0; length--) {
    const found = findMemberAt(document, path.slice(0, length));
    if (found) return found;
  }
  return undefined;
}
