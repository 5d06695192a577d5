/** @file The wires of a class by the nodes at their ends, each list by id. */
import { compareIds } from '../document/ids.ts';
import type { ModelClass, NodeId, Wire } from '../document/schema.ts';

export interface WireIndex {
  readonly incoming: ReadonlyMap<NodeId, readonly Wire[]>;
  readonly outgoing: ReadonlyMap<NodeId, readonly Wire[]>;
}

const indexes = new WeakMap<ModelClass['wires'], WireIndex>();

export function indexWires(wires: ModelClass['wires']): WireIndex {
  const known = indexes.get(wires);
  if (known) return known;
  const incoming = new Map<NodeId, Wire[]>();
  const outgoing = new Map<NodeId, Wire[]>();
  for (const wire of Object.values(wires)) {
    add(incoming, wire.to.node, wire);
    add(outgoing, wire.from.node, wire);
  }
  for (const lists of [incoming, outgoing])
    for (const list of lists.values()) if (list.length > 1) list.sort((a, b) => compareIds(a.id, b.id));
  const index = { incoming, outgoing };
  indexes.set(wires, index);
  return index;
}

function add(lists: Map<NodeId, Wire[]>, node: NodeId, wire: Wire): void {
  const list = lists.get(node);
  if (list) list.push(wire);
  else lists.set(node, [wire]);
}
