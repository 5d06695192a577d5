/** @file What values flow to from a node, and from what. */
import type { NodeId } from '../document/schema.ts';
import { graphOf, type GraphParts } from './graph-of.ts';

/** All nodes that values flow to from one (`down`), or that feed it (`up`), without itself. */
export function nodesAlong(modelClass: GraphParts, from: NodeId, way: 'up' | 'down'): ReadonlySet<NodeId> {
  const graph = graphOf(modelClass);
  const found = new Set<NodeId>();
  const waiting = [from];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const next = way === 'down' ? graph.outgoing(node).map(({ to }) => to.node) : graph.incoming(node).map((wire) => wire.from.node);
    for (const id of next) {
      if (found.has(id)) continue;
      found.add(id);
      waiting.push(id);
    }
  }
  return found;
}
