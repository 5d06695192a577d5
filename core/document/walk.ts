/** @file The walk over a graph that gives its order, with what the walk over the graph after an edit follows from. */
import { indexWires } from '../graph/wire-index.ts';
import { findNode } from './find.ts';
import { compareIds } from './ids.ts';
import type { GraphNode, ModelClass, NodeId, Wire } from './schema.ts';

export type Graph = Pick<ModelClass, 'nodes' | 'wires'>;

export interface Walk {
  /** Every node that can run, sources before targets. */
  readonly nodes: readonly GraphNode[];
  /** Nodes of a cycle, and those that wait for one. */
  readonly stuck: readonly NodeId[];
  /** For each of `nodes`, how many of those before it, itself included, were come to by way of it. Means nothing where some are stuck. */
  readonly sizes: readonly number[];
  /** How many were come to from the inputs and outputs; the others by their ids. */
  readonly main: number;
}

/** Depth first from the roots, input port by input port, then from all others by id. */
export function walkFromNothing(graph: Graph, roots: readonly NodeId[]): Walk {
  const states = new Map<NodeId, 'open' | 'done' | 'stuck'>();
  const nodes: GraphNode[] = [];
  const sizes: number[] = [];
  // An own stack: a chain of ten thousand nodes must not overflow the engine's.
  const visit = (start: NodeId) => {
    const path: { readonly id: NodeId; readonly wires: readonly Wire[]; readonly before: number; next: number; isStuck: boolean }[] = [];
    const enter = (id: NodeId) => {
      states.set(id, 'open');
      path.push({ id, wires: wiresInto(graph, id), before: nodes.length, next: 0, isStuck: false });
    };
    if (!states.has(start)) enter(start);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const wire = top.wires[top.next];
      if (wire) {
        const state = states.get(wire.from.node);
        if (state === undefined) {
          enter(wire.from.node);
          continue;
        }
        if (state !== 'done') top.isStuck = true;
        top.next++;
        continue;
      }
      path.pop();
      states.set(top.id, top.isStuck ? 'stuck' : 'done');
      if (top.isStuck) continue;
      nodes.push(findNode(graph, top.id)!);
      sizes.push(nodes.length - top.before);
    }
  };
  for (const id of roots) visit(id);
  const main = nodes.length;
  // Seldom many: what leads to an output has been visited.
  const others = Object.keys(graph.nodes).filter((id) => !states.has(id));
  for (const id of others.sort(compareIds)) visit(id);
  return { nodes, stuck: [...states].flatMap(([id, state]) => (state === 'stuck' ? [id] : [])), sizes, main };
}

/** The wires into a node, by port name and then by id: which of them runs first must not depend on the registry. Not those from nowhere. */
export function wiresInto({ nodes, wires }: Graph, id: NodeId): readonly Wire[] {
  const into = indexWires(wires).incoming.get(id) ?? NONE;
  if (into.length === 1) return Object.hasOwn(nodes, into[0]!.from.node) ? into : NONE;
  return into.filter((wire) => Object.hasOwn(nodes, wire.from.node)).sort(byPort);
}

/** The order in which the wires into a node are followed. */
export function byPort(a: Wire, b: Wire): number {
  return compareIds(a.to.port, b.to.port) || compareIds(a.id, b.id);
}

const NONE: readonly never[] = [];
