/** @file Nodes of a forward graph: ops, inputs, outputs, constants; removing and moving them. */
import { indexCalls } from '../../graph/call-index.ts';
import { indexWires } from '../../graph/wire-index.ts';
import { uniqueName } from '../names.ts';
import { inputNodes, outputNodes } from '../order.ts';
import { changeRecord, nextKey } from '../records.ts';
import type {
  Arguments,
  ClassId,
  ConstantNode,
  GraphNode,
  InputNode,
  MemberId,
  ModelClass,
  ModelDocument,
  NodeId,
  OutputNode,
  Point,
} from '../schema.ts';
import { changeClass, changeNode, checkName, getClass, getNode, kept, without, withNode } from './change.ts';
import { EditError } from './edit-error.ts';
import { dropDeadReferences } from './references.ts';
import { moveWireNotes } from './wire-notes.ts';

export interface AddedNode {
  readonly document: ModelDocument;
  readonly node: NodeId;
}

function addNode(document: ModelDocument, classId: ClassId, at: Point, make: (id: NodeId, modelClass: ModelClass) => GraphNode): AddedNode {
  const modelClass = getClass(document, classId);
  const node = nextKey('n', modelClass.nodes);
  return { node, document: changeClass(document, classId, (each) => withNode(each, make(node, each), at)) };
}

/** Adds an op without wires. An unknown type is no error here: it is shown on the node. */
export function addOp(
  document: ModelDocument,
  classId: ClassId,
  given: { readonly op: string; readonly args?: Arguments; readonly at: Point },
): AddedNode {
  return addNode(document, classId, given.at, (id) => ({ id, kind: 'op', op: given.op, args: given.args ?? {} }));
}

/** Adds an input after the others; `shape: null` means that the callers decide. */
export function addInput(
  document: ModelDocument,
  classId: ClassId,
  given: { readonly name?: string; readonly shape?: InputNode['shape']; readonly dtype?: InputNode['dtype']; readonly at: Point },
): AddedNode {
  return addNode(document, classId, given.at, (id, modelClass) => {
    const inputs = inputNodes(modelClass);
    const name = uniqueName(
      given.name ?? 'x',
      inputs.map((node) => node.name),
    );
    checkName(name, 'input', []);
    return { id, kind: 'input', name, order: nextOrder(inputs), shape: given.shape ?? null, dtype: given.dtype ?? 'float32' };
  });
}

/** Adds an output after the others: with several, the model gives them in their order. @throws EditError for an impossible name. */
export function addOutput(document: ModelDocument, classId: ClassId, given: { readonly name?: string; readonly at: Point }): AddedNode {
  return addNode(document, classId, given.at, (id, modelClass) => {
    const outputs = outputNodes(modelClass);
    const name = uniqueName(
      given.name ?? 'y',
      outputs.map((node) => node.name),
    );
    checkName(name, 'output', []);
    return { id, kind: 'output', name, order: nextOrder(outputs) };
  });
}

/** Adds a constant: a number or nested lists, float32 unless it says otherwise. Ragged lists are shown on the node. */
export function addConstant(
  document: ModelDocument,
  classId: ClassId,
  given: { readonly value: ConstantNode['value']; readonly dtype?: ConstantNode['dtype']; readonly at: Point },
): AddedNode {
  return addNode(document, classId, given.at, (id) => ({ id, kind: 'constant', value: given.value, dtype: given.dtype ?? 'float32' }));
}

function nextOrder(nodes: readonly (InputNode | OutputNode)[]): number {
  return nodes.reduce((order, node) => Math.max(order, node.order + 1), 0);
}

/** Renames an input or an output. */
export function renamePort(document: ModelDocument, classId: ClassId, nodeId: NodeId, name: string): ModelDocument {
  return changeClass(document, classId, (modelClass) =>
    changeNode(modelClass, nodeId, (node) => {
      if (node.kind !== 'input' && node.kind !== 'output') throw wrongKind('an input or an output', node);
      const others = (node.kind === 'input' ? inputNodes(modelClass) : outputNodes(modelClass)).filter((each) => each.id !== nodeId);
      checkName(
        name,
        node.kind,
        others.map((each) => each.name),
      );
      return node.name === name ? node : { ...node, name };
    }),
  );
}

/** Changes what is declared about an input: its shape, its type, its place among the arguments. */
export function setInput(
  document: ModelDocument,
  classId: ClassId,
  nodeId: NodeId,
  change: Partial<Pick<InputNode, 'shape' | 'dtype' | 'order'>>,
): ModelDocument {
  return changeClass(document, classId, (modelClass) =>
    changeNode(modelClass, nodeId, (node) => {
      if (node.kind !== 'input') throw wrongKind('an input', node);
      return { ...node, ...change };
    }),
  );
}

/** Changes the value or the type of a constant. @throws EditError for a node of another kind. */
export function setConstant(
  document: ModelDocument,
  classId: ClassId,
  nodeId: NodeId,
  change: Partial<Pick<ConstantNode, 'value' | 'dtype'>>,
): ModelDocument {
  return changeClass(document, classId, (modelClass) =>
    changeNode(modelClass, nodeId, (node) => {
      if (node.kind !== 'constant') throw wrongKind('a constant', node);
      return { ...node, ...change };
    }),
  );
}

function wrongKind(expected: string, node: GraphNode): EditError {
  return new EditError(expected, `the ${node.kind} "${node.id}"`, `Select ${expected}.`);
}

/** Removes nodes with their wires and probes, and the members that nothing calls any more. */
export function removeNodes(document: ModelDocument, classId: ClassId, nodeIds: Iterable<NodeId>): ModelDocument {
  return dropDeadReferences(changeClass(document, classId, (modelClass) => removeFromClass(modelClass, nodeIds)));
}

/** The same within one class. A member that was not called before stays: only its last call takes it along. */
export function removeFromClass(modelClass: ModelClass, nodeIds: Iterable<NodeId>): ModelClass {
  const gone = new Set([...nodeIds].filter((id) => Object.hasOwn(modelClass.nodes, id)));
  if (gone.size === 0) return modelClass;
  const { incoming, outgoing } = indexWires(modelClass.wires);
  const cut = [...gone].flatMap((id) => [...(incoming.get(id) ?? []), ...(outgoing.get(id) ?? [])].map((wire) => wire.id));
  const left: ModelClass = {
    ...modelClass,
    nodes: without(modelClass.nodes, gone),
    wires: without(modelClass.wires, cut),
    probes: kept(modelClass.probes, (probe) => !gone.has(probe.at.node)),
    layout: without(modelClass.layout, gone),
  };
  const called = [...gone].flatMap((id) => memberOf(modelClass.nodes[id]!));
  return dropUncalled(left, called);
}

/** The member that a node calls; none for other nodes. */
export function memberOf(node: GraphNode): readonly MemberId[] {
  return node.kind === 'call' ? [node.member] : [];
}

/** The class without those of the members that no node calls any more. */
export function dropUncalled(modelClass: ModelClass, candidates: Iterable<MemberId>): ModelClass {
  const { byName } = indexCalls(modelClass.nodes);
  const dropped = new Set([...candidates].filter((id) => (byName.get(id)?.length ?? 0) === 0));
  // The target of an alias that stays must stay, too, and that of one which is an alias itself.
  const aliases = new Map(modelClass.members.map(({ id, aliasOf }) => [id, aliasOf]));
  for (const { id } of modelClass.members) {
    if (dropped.has(id)) continue;
    for (let target = aliases.get(id); target !== undefined && dropped.delete(target);) target = aliases.get(target);
  }
  const members = kept(modelClass.members, (member) => !dropped.has(member.id));
  return members === modelClass.members ? modelClass : { ...modelClass, members };
}

/** Puts nodes at points; the same document if all are there already. */
export function moveNodes(document: ModelDocument, classId: ClassId, points: Readonly<Record<NodeId, Point>>): ModelDocument {
  return changeClass(document, classId, (modelClass) => {
    const moved = Object.entries(points).filter(([id, to]) => {
      getNode(modelClass, id);
      const from = modelClass.layout[id];
      return from?.x !== to.x || from.y !== to.y;
    });
    if (moved.length === 0) return modelClass;
    const layout = changeRecord(modelClass.layout, [], Object.fromEntries(moved.map(([id, { x, y }]) => [id, { x, y }])));
    const annotations = moveWireNotes(modelClass, points);
    return { ...modelClass, layout, ...(annotations ? { annotations } : {}) };
  });
}
