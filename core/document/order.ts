/**
 * @file The order in which the nodes of a graph run: one order for shapes, for the live Module and for the emitted code. It does not
 * depend on where nodes are drawn nor on the order of records.
 */
import { indexWires } from '../graph/wire-index.ts';
import { findNode } from './find.ts';
import { compareIds } from './ids.ts';
import type { GraphNode, InputNode, ModelClass, NodeId, OutputNode, Wire } from './schema.ts';

export interface NodeOrder {
  /** Every node that can run, sources before targets. */
  readonly nodes: readonly GraphNode[];
  /** Nodes of a cycle, and those that wait for one. */
  readonly stuck: readonly NodeId[];
}

type Graph = Pick<ModelClass, 'nodes' | 'wires'>;

const orders = new WeakMap<ModelClass['wires'], { readonly nodes: ModelClass['nodes']; readonly order: NodeOrder }>();

/**
 * Depth first from the outputs, input port by input port, so that a branch is written as a whole; then what leads to no output, by id.
 * Wires to nowhere are passed over.
 */
export function orderNodes(modelClass: Graph): NodeOrder {
  const { nodes, wires } = modelClass;
  const known = orders.get(wires);
  if (known?.nodes === nodes) return known.order;
  const order = known && hasSamePorts(known.nodes, nodes) ? reorder(known.order, nodes) : computeOrder(modelClass);
  orders.set(wires, { nodes, order });
  return order;
}

/** Whether the order of one record of nodes is that of another: it hangs on ids, and on the places of inputs and outputs. */
function hasSamePorts(before: ModelClass['nodes'], after: ModelClass['nodes']): boolean {
  const ids = Object.keys(after);
  return (
    ids.length === Object.keys(before).length &&
    ids.every((id) => {
      const [old, now] = [findNode({ nodes: before }, id), after[id]!];
      if (old === now) return true;
      if (!old || old.kind !== now.kind || old.id !== now.id) return false;
      return !('order' in old && 'order' in now) || old.order === now.order;
    })
  );
}

function reorder({ nodes, stuck }: NodeOrder, now: ModelClass['nodes']): NodeOrder {
  return { nodes: nodes.map((node) => now[node.id]!), stuck };
}

function computeOrder(modelClass: Graph): NodeOrder {
  const states = new Map<NodeId, 'open' | 'done' | 'stuck'>();
  const nodes: GraphNode[] = [];
  // An own stack: a chain of ten thousand nodes must not overflow the engine's.
  const visit = (start: NodeId) => {
    const path: { readonly id: NodeId; readonly wires: readonly Wire[]; next: number; isStuck: boolean }[] = [];
    const enter = (id: NodeId) => {
      states.set(id, 'open');
      path.push({ id, wires: wiresInto(modelClass, id), next: 0, isStuck: false });
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
      if (!top.isStuck) nodes.push(findNode(modelClass, top.id)!);
    }
  };
  for (const { id } of [...inputNodes(modelClass), ...outputNodes(modelClass)]) visit(id);
  // Seldom many: what leads to an output has been visited.
  const others = Object.keys(modelClass.nodes).filter((id) => !states.has(id));
  for (const id of others.sort(compareIds)) visit(id);
  return { nodes, stuck: [...states].flatMap(([id, state]) => (state === 'stuck' ? [id] : [])) };
}

/** The id decides between equals. */
function sortPorts<T extends { readonly id: NodeId; readonly order: number }>(ports: readonly T[]): readonly T[] {
  return ports.toSorted((a, b) => a.order - b.order || compareIds(a.id, b.id));
}

interface Interface {
  readonly inputs: readonly InputNode[];
  readonly outputs: readonly OutputNode[];
}

const interfaces = new WeakMap<ModelClass['nodes'], Interface>();

function interfaceOf(nodes: ModelClass['nodes']): Interface {
  const known = interfaces.get(nodes);
  if (known) return known;
  const inputs: InputNode[] = [];
  const outputs: OutputNode[] = [];
  for (const node of Object.values(nodes))
    if (node.kind === 'input') inputs.push(node);
    else if (node.kind === 'output') outputs.push(node);
  const found = { inputs: sortPorts(inputs), outputs: sortPorts(outputs) };
  interfaces.set(nodes, found);
  return found;
}

/** The inputs of a class in the order of arguments. */
export function inputNodes(modelClass: Pick<ModelClass, 'nodes'>): readonly InputNode[] {
  return interfaceOf(modelClass.nodes).inputs;
}

/** The outputs of a class in the order of results. */
export function outputNodes(modelClass: Pick<ModelClass, 'nodes'>): readonly OutputNode[] {
  return interfaceOf(modelClass.nodes).outputs;
}

/** The wires into a node, by port name and then by id: which of them runs first must not depend on the registry. Not those from nowhere. */
function wiresInto({ nodes, wires }: Graph, id: NodeId): readonly Wire[] {
  const into = (indexWires(wires).incoming.get(id) ?? NONE).filter((wire) => Object.hasOwn(nodes, wire.from.node));
  return into.length > 1 ? into.sort((a, b) => compareIds(a.to.port, b.to.port) || compareIds(a.id, b.id)) : into;
}

const NONE: readonly never[] = [];

/** The nodes of one cycle in the direction of the wires, the first repeated at the end; empty if there is none. */
export function findCycle(modelClass: Graph): readonly NodeId[] {
  const { stuck } = orderNodes(modelClass);
  if (stuck.length === 0) return [];
  const waiting = new Set(stuck);
  const trail = new Set<NodeId>();
  let node = stuck.toSorted(compareIds)[0];
  // Walking upstream among stuck nodes must come back to one of them.
  while (node !== undefined && !trail.has(node)) {
    trail.add(node);
    node = wiresInto(modelClass, node).find((wire) => waiting.has(wire.from.node))?.from.node;
  }
  if (node === undefined) return [];
  const nodes = [...trail];
  return [...nodes.slice(nodes.indexOf(node)), node].toReversed();
}
