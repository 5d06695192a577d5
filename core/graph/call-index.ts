/** @file The calls among the nodes of a class, by the id under which they name their member. */
import { compareIds } from '../document/ids.ts';
import { differences, pastOf } from '../document/records.ts';
import type { CallNode, GraphNode, MemberId, ModelClass } from '../document/schema.ts';
import { Lists } from './lists.ts';

export interface CallIndex {
  /** By node id. An alias has calls of its own here. */
  readonly byName: Lists<CallNode>;
  /** The ids that several nodes name, in no order that means anything. */
  readonly several: ReadonlySet<MemberId>;
}

type Nodes = ModelClass['nodes'];
type ByName = readonly [MemberId, CallNode];

const indexes = new WeakMap<Nodes, CallIndex>();

export function indexCalls(nodes: Nodes): CallIndex {
  const known = indexes.get(nodes);
  if (known) return known;
  const index = afterEdit(nodes) ?? fromNothing(nodes);
  indexes.set(nodes, index);
  return index;
}

function afterEdit(nodes: Nodes): CallIndex | undefined {
  for (const { record: before, touched } of pastOf(nodes)) {
    const known = indexes.get(before);
    if (!known) continue;
    const changes = differences(before, nodes, touched);
    const [gone, come] = [callsAmong(changes.gone), callsAmong(changes.come)];
    const byName = known.byName.after(gone, come, byId);
    return byName && { byName, several: severalAmong([...gone, ...come], byName, known.several) };
  }
  return undefined;
}

function fromNothing(nodes: Nodes): CallIndex {
  const calls = callsAmong(Object.values(nodes));
  const byName = Lists.of(calls, byId);
  return { byName, several: severalAmong(calls, byName) };
}

function callsAmong(nodes: readonly GraphNode[]): readonly ByName[] {
  return nodes.flatMap((node): readonly ByName[] => (node.kind === 'call' ? [[node.member, node]] : NONE));
}

const NONE: readonly never[] = [];

function severalAmong(calls: readonly ByName[], byName: Lists<CallNode>, before: Iterable<MemberId> = NONE): ReadonlySet<MemberId> {
  const several = new Set(before);
  for (const [name] of calls)
    if (byName.get(name)!.length > 1) several.add(name);
    else several.delete(name);
  return several;
}

function byId(a: CallNode, b: CallNode): number {
  return compareIds(a.id, b.id);
}
