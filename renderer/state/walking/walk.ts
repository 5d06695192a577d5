/** @file Where the keyboard goes from a node: along the wires, to those beside it, and through all in the order of reading. */
import type { ModelClass, NodeId } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { itemsInOrder, readingOrder, type Item } from './reading-order.ts';

/**
 * `back` and `on` follow wires against and with the flow; `above` and `below` go to what is beside it across the flow; the others go by the order
 * of reading.
 */
export type Way = 'back' | 'on' | 'above' | 'below' | 'previous' | 'next' | 'first' | 'last' | 'previous-alike' | 'next-alike';

export interface Walk {
  readonly modelClass: ModelClass;
  readonly from: Item;
  /** Where one came from: of several wires, the one that leads back there. */
  readonly cameFrom?: NodeId | undefined;
  /** Across the flow, on the canvas. */
  readonly axis: 'x' | 'y';
}

/** Where a step leads; undefined where there is nothing further. */
export function walk({ modelClass, from, cameFrom, axis }: Walk, way: Way): Item | undefined {
  if (way === 'first' || way === 'last') {
    const graph = graphOf(modelClass);
    const all = readingOrder(modelClass).nodes;
    return nodeItem(way === 'first' ? (graph.inputs[0]?.id ?? all[0]) : (graph.outputs.at(-1)?.id ?? all.at(-1)));
  }
  const step = way === 'next' || way === 'next-alike' || way === 'below' || way === 'on' ? 1 : -1;
  if (from.kind === 'note') return beside(itemsInOrder(modelClass), from, step);
  const acrossOf = (id: NodeId): number => modelClass.layout[id]?.[axis] ?? 0;
  const byPlace = (ids: Iterable<NodeId>): readonly NodeId[] => {
    const { placeOf } = readingOrder(modelClass);
    return [...new Set(ids)].sort((a, b) => acrossOf(a) - acrossOf(b) || (placeOf.get(a) ?? 0) - (placeOf.get(b) ?? 0));
  };
  if (way === 'back' || way === 'on') {
    const found = neighbours(modelClass, from.id, way);
    return nodeItem(found.includes(cameFrom ?? '') ? cameFrom : way === 'back' ? found[0] : byPlace(found)[0]);
  }
  if (way === 'above' || way === 'below') {
    const row = byPlace([from.id, ...siblings(modelClass, from.id)]);
    const next = row[row.indexOf(from.id) + step];
    if (next !== undefined) return nodeItem(next);
  }
  const isAlike = way === 'previous-alike' || way === 'next-alike';
  if (!isAlike) return beside(itemsInOrder(modelClass), from, step);
  const type = typeOf(modelClass, from.id);
  const alike = readingOrder(modelClass).nodes.filter((id) => typeOf(modelClass, id) === type);
  const at = alike.indexOf(from.id) + step;
  return alike.length < 2 ? undefined : nodeItem(alike[(at + alike.length) % alike.length]);
}

function nodeItem(id: NodeId | undefined): Item | undefined {
  return id === undefined ? undefined : { kind: 'node', id };
}

function beside(items: readonly Item[], from: Item, step: 1 | -1): Item | undefined {
  return items[items.findIndex(({ kind, id }) => kind === from.kind && id === from.id) + step];
}

/** The nodes that feed a node in the order of its ports, or those that it feeds. */
export function neighbours(modelClass: ModelClass, id: NodeId, way: 'back' | 'on'): readonly NodeId[] {
  const graph = graphOf(modelClass);
  const found = way === 'back' ? graph.incoming(id).map(({ from }) => from.node) : graph.outgoing(id).map(({ to }) => to.node);
  return found.filter((each) => Object.hasOwn(modelClass.nodes, each));
}

/** What is fed by the same nodes; where there is nothing, what feeds the same nodes. */
function siblings(modelClass: ModelClass, id: NodeId): readonly NodeId[] {
  const fed = neighbours(modelClass, id, 'back').flatMap((each) => neighbours(modelClass, each, 'on'));
  return fed.some((each) => each !== id) ? fed : neighbours(modelClass, id, 'on').flatMap((each) => neighbours(modelClass, each, 'back'));
}

/** What a node is of: the type of its member, the op, or what kind of node it is. */
function typeOf(modelClass: ModelClass, id: NodeId): string {
  const node = modelClass.nodes[id]!;
  if (node.kind === 'op') return node.op;
  return node.kind === 'call' ? (graphOf(modelClass).behind(node.member)?.type ?? '') : `${node.kind} node`;
}

/** Where the keyboard goes when what had it is gone: to what fed it, else to what it fed, else to what came next; of what is still there. */
export function survivor(before: ModelClass, after: ModelClass, gone: NodeId): NodeId | undefined {
  const isThere = (id: NodeId): boolean => Object.hasOwn(after.nodes, id);
  const seen = new Set([gone]);
  // Through all that went with it.
  for (let ring: readonly NodeId[] = [gone]; ring.length > 0;) {
    const fed = ring.flatMap((id) => neighbours(before, id, 'back'));
    const found = fed.find(isThere);
    if (found !== undefined) return found;
    ring = fed.filter((id) => !seen.has(id));
    ring.forEach((id) => seen.add(id));
  }
  const on = neighbours(before, gone, 'on').find(isThere);
  if (on !== undefined) return on;
  const { nodes, placeOf } = readingOrder(before);
  const at = placeOf.get(gone) ?? 0;
  return nodes.slice(at).find(isThere) ?? nodes.slice(0, at).findLast(isThere);
}
