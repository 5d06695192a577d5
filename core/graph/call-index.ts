/** @file The calls among the nodes of a class, by the id under which they name their member. */
import { compareIds } from '../document/ids.ts';
import type { CallNode, MemberId, ModelClass } from '../document/schema.ts';

export interface CallIndex {
  /** By node id. An alias has calls of its own here. */
  readonly byName: ReadonlyMap<MemberId, readonly CallNode[]>;
  /** The ids that several nodes name. */
  readonly several: readonly MemberId[];
}

const indexes = new WeakMap<ModelClass['nodes'], CallIndex>();

export function indexCalls(nodes: ModelClass['nodes']): CallIndex {
  const known = indexes.get(nodes);
  if (known) return known;
  const byName = new Map<MemberId, CallNode[]>();
  const several: MemberId[] = [];
  for (const node of Object.values(nodes)) {
    if (node.kind !== 'call') continue;
    const calls = byName.get(node.member);
    if (!calls) byName.set(node.member, [node]);
    else if (calls.push(node) === 2) several.push(node.member);
  }
  for (const id of several) byName.get(id)!.sort((a, b) => compareIds(a.id, b.id));
  const index = { byName, several };
  indexes.set(nodes, index);
  return index;
}
