/**
 * @file The order in which the nodes of a graph run: one order for shapes, for the live Module and for the emitted code. It does not
 * depend on where nodes are drawn nor on the order of records.
 */
import { findNode } from './find.ts';
import { compareIds } from './ids.ts';
import { pastOf, touchedSince } from './records.ts';
import type { InputNode, ModelClass, NodeId, OutputNode } from './schema.ts';
import { isPlacedAlike, walkAfterEdit } from './walk-after-edit.ts';
import { wiresInto, walkFromNothing, type Graph, type Walk } from './walk.ts';

export type NodeOrder = Pick<Walk, 'nodes' | 'stuck'>;

const walks = new WeakMap<ModelClass['wires'], { readonly nodes: ModelClass['nodes']; readonly walk: Walk }>();

/**
 * Depth first from the outputs, input port by input port, so that a branch is written as a whole; then what leads to no output, by id.
 * Wires to nowhere are passed over. Of a class that was changed by a few nodes and wires the order follows from the one before.
 */
export function orderNodes(modelClass: Graph): NodeOrder {
  const { nodes, wires } = modelClass;
  const known = walks.get(wires);
  if (known?.nodes === nodes) return known.walk;
  const walk = walkFromBefore(modelClass) ?? walkFromNothing(modelClass, rootsOf(modelClass));
  walks.set(wires, { nodes, walk });
  return walk;
}

function walkFromBefore({ nodes, wires }: Graph): Walk | undefined {
  for (const { record, touched } of pastOf(wires)) {
    const known = walks.get(record);
    if (!known) continue;
    const changed = touchedSince(known.nodes, nodes);
    if (changed)
      return walkAfterEdit({ nodes: known.nodes, wires: record }, known.walk, { nodes, wires }, { nodes: changed, wires: touched });
    if (record === wires && hasSamePorts(known.nodes, nodes)) return reorder(known.walk, nodes);
  }
  return undefined;
}

function rootsOf(modelClass: Graph): readonly NodeId[] {
  return [...inputNodes(modelClass), ...outputNodes(modelClass)].map(({ id }) => id);
}

/** Whether the order of one record of nodes is that of another: it hangs on ids, and on the places of inputs and outputs. */
function hasSamePorts(before: ModelClass['nodes'], after: ModelClass['nodes']): boolean {
  const ids = Object.keys(after);
  return (
    ids.length === Object.keys(before).length &&
    ids.every((id) => {
      const [old, now] = [findNode({ nodes: before }, id), after[id]!];
      return old === now || (old !== undefined && isPlacedAlike(old, now));
    })
  );
}

function reorder(walk: Walk, now: ModelClass['nodes']): Walk {
  return { ...walk, nodes: walk.nodes.map((node) => now[node.id]!) };
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
