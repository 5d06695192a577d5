/** @file The wires of a class by the nodes at their ends, each list by id. After an edit of a few wires only the lists of their ends are new. */
import { compareIds } from '../document/ids.ts';
import { differences, pastOf } from '../document/records.ts';
import type { ModelClass, NodeId, Wire } from '../document/schema.ts';
import { Lists } from './lists.ts';

export interface WireIndex {
  readonly incoming: Lists<Wire>;
  readonly outgoing: Lists<Wire>;
}

type Wires = ModelClass['wires'];
type AtNode = readonly [NodeId, Wire];

const indexes = new WeakMap<Wires, WireIndex>();

export function indexWires(wires: Wires): WireIndex {
  const known = indexes.get(wires);
  if (known) return known;
  const index = afterEdit(wires) ?? fromNothing(wires);
  indexes.set(wires, index);
  return index;
}

function afterEdit(wires: Wires): WireIndex | undefined {
  for (const { record: before, touched } of pastOf(wires)) {
    const known = indexes.get(before);
    if (!known) continue;
    const { gone, come } = differences(before, wires, touched);
    const incoming = known.incoming.after(gone.map(byTarget), come.map(byTarget), byId);
    const outgoing = known.outgoing.after(gone.map(bySource), come.map(bySource), byId);
    return incoming && outgoing && { incoming, outgoing };
  }
  return undefined;
}

function fromNothing(wires: Wires): WireIndex {
  const all = Object.values(wires);
  return { incoming: Lists.of(all.map(byTarget), byId), outgoing: Lists.of(all.map(bySource), byId) };
}

const byTarget = (wire: Wire): AtNode => [wire.to.node, wire];
const bySource = (wire: Wire): AtNode => [wire.from.node, wire];

function byId(a: Wire, b: Wire): number {
  return compareIds(a.id, b.id);
}
