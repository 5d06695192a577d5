/** @file The order in which a class is read out and walked through: as its values flow, then what does not run, then its notes. */
import { annotationsOf, type ModelClass, type NodeId } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';

/** Something on the canvas that can have the keyboard. */
export interface Item {
  readonly kind: 'node' | 'note';
  readonly id: string;
}

interface ReadingOrder {
  readonly nodes: readonly NodeId[];
  readonly placeOf: ReadonlyMap<NodeId, number>;
}

const orders = new WeakMap<ModelClass['nodes'], { readonly wires: ModelClass['wires']; readonly order: ReadingOrder }>();

/** The nodes of a class: inputs first, outputs last, and between them each behind those that feed it. */
export function readingOrder(modelClass: ModelClass): ReadingOrder {
  const known = orders.get(modelClass.nodes);
  if (known?.wires === modelClass.wires) return known.order;
  const graph = graphOf(modelClass);
  const ends = new Set<NodeId>([...graph.inputs, ...graph.outputs].map(({ id }) => id));
  const running = graph.order.nodes.map(({ id }) => id);
  const inner = running.filter((id) => !ends.has(id));
  const nodes = [
    ...graph.inputs.map(({ id }) => id),
    ...inner,
    ...graph.order.stuck.filter((id) => !ends.has(id)),
    ...graph.outputs.map(({ id }) => id),
  ];
  // Of one node, as each edit asks for, it is not needed.
  let places: ReadonlyMap<NodeId, number> | undefined;
  const order: ReadingOrder = {
    nodes,
    get placeOf() {
      return (places ??= new Map(nodes.map((id, place) => [id, place])));
    },
  };
  orders.set(modelClass.nodes, { wires: modelClass.wires, order });
  return order;
}

/** Notes and frames from left to right and from top to bottom. */
export function notesInOrder(modelClass: ModelClass): readonly string[] {
  return annotationsOf(modelClass)
    .toSorted((a, b) => a.x - b.x || a.y - b.y)
    .map(({ id }) => id);
}

/** Everything of a class that can have the keyboard, in order. */
export function itemsInOrder(modelClass: ModelClass): readonly Item[] {
  return [
    ...readingOrder(modelClass).nodes.map((id): Item => ({ kind: 'node', id })),
    ...notesInOrder(modelClass).map((id): Item => ({ kind: 'note', id })),
  ];
}
