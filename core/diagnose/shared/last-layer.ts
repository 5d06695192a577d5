/** @file The layer that gives the scores: the last one with parameters on the way to the first output of the root. */
import type { NodeId } from '../../document/schema.ts';
import { graphOf } from '../../graph/graph-of.ts';
import type { NodePlace, Places } from './places.ts';

export interface LastLayer extends NodePlace {
  /** A layer type, or `class:…`. */
  readonly type: string;
}

/** Backwards from the output by first inputs; null where the graph branches before a layer. */
export function lastLayer(places: Places): LastLayer | null {
  const root = places.instance([]);
  if (!root) return null;
  const graph = graphOf(root.class);
  let at: NodeId | undefined = graph.outputs[0]?.id;
  for (const seen = new Set<NodeId>(); at !== undefined && !seen.has(at);) {
    seen.add(at);
    const member = places.member({ instance: [], node: at });
    if (member) return { instance: [], node: at, type: member.type };
    at = graph.incoming(at)[0]?.from.node;
  }
  return null;
}
