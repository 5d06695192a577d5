/** @file Which nodes are highlighted, from the document as it is now. */
import type { ModelClass, NodeId } from '../../../core/document/index.ts';
import { nodeName, nodesAlong } from '../../../core/graph/index.ts';
import { keyWithin } from '../session/expansion.ts';
import { viewportKey, type SessionState } from '../session/store.ts';
import type { Traced } from '../session/traced.ts';

/** What is highlighted in the present view; null where nothing is. */
export function tracedHere(state: SessionState): Traced | null {
  return state.traced?.view === viewportKey(state) ? state.traced : null;
}

const KNOWN = new WeakMap<Traced, WeakMap<object, ReadonlySet<NodeId>>>();

/** The nodes where it began, and all along the way; found once for all who ask. */
export function tracedNodes(modelClass: ModelClass, traced: Traced): ReadonlySet<NodeId> {
  let byWires = KNOWN.get(traced);
  if (!byWires) KNOWN.set(traced, (byWires = new WeakMap()));
  let nodes = byWires.get(modelClass.wires);
  if (!nodes) {
    nodes = new Set(traced.from.flatMap((id) => [id, ...nodesAlong(modelClass, id, traced.way)]));
    byWires.set(modelClass.wires, nodes);
  }
  return nodes;
}

/** Whether a node steps back. What is expanded in place is as the call that it belongs to; what lies around the graph steps back with the rest. */
export function isDim(nodes: ReadonlySet<NodeId>, traced: Traced, inside: string, node: NodeId): boolean {
  const key = keyWithin(inside, node);
  if (traced.inside === key || traced.inside.startsWith(`${key}/`)) return false;
  const start = traced.inside === '' ? '' : `${traced.inside}/`;
  if (!key.startsWith(start)) return true;
  return !nodes.has(key.slice(start.length).split('/')[0]!);
}

/** `12 upstream of relu`. */
export function describeTraced(modelClass: ModelClass, traced: Traced): string {
  const from = traced.from.filter((id) => Object.hasOwn(modelClass.nodes, id));
  const count = tracedNodes(modelClass, traced).size - traced.from.length;
  const [only, ...others] = from;
  const of = only !== undefined && others.length === 0 ? nodeName(modelClass, modelClass.nodes[only]!) : `${from.length} nodes`;
  return `${count} ${traced.way === 'up' ? 'upstream' : 'downstream'} of ${of}`;
}
