/** @file Wires between ports. An input port takes one wire; a graph has no cycles. */
import { isSamePort } from '../find.ts';
import { changeRecord, nextKey } from '../records.ts';
import { graphOf } from '../../graph/graph-of.ts';
import type { ClassId, ModelClass, ModelDocument, NodeId, PortRef, WireId } from '../schema.ts';
import { changeClass, getNode, without } from './change.ts';
import { nameLoop } from './loops.ts';
import { EditError } from './edit-error.ts';
import { makeRoomAround } from './place.ts';

/** Lays a wire; one that already ends in the input is replaced. Refuses a cycle, and an output as a source. */
export function connect(document: ModelDocument, classId: ClassId, from: PortRef, to: PortRef): ModelDocument {
  return changeClass(document, classId, (modelClass) => connectInClass(modelClass, from, to));
}

/** Why a wire between two nodes cannot be, in words for the user; undefined if it can. Shapes are not looked at. */
export function whyNotConnect(modelClass: ModelClass, from: PortRef, to: PortRef): EditError | undefined {
  const source = getNode(modelClass, from.node);
  const target = getNode(modelClass, to.node);
  if (source.kind === 'output') return new EditError('a node with an output port', 'an output of the class', 'Start at another node.');
  if (target.kind === 'input' || target.kind === 'constant') {
    const what = target.kind === 'input' ? 'an input of the class' : 'a constant';
    return new EditError('a node with an input port', what, 'End at another node.');
  }
  if (from.node === to.node)
    return new EditError('a wire between two nodes', 'a wire from a node to itself', 'Repeat a member instead of looping.');
  if (graphOf(modelClass).reaches(to.node, from.node)) {
    return new EditError(
      'a graph without cycles',
      `a wire that closes a cycle, ${nameLoop(modelClass, to.node, from.node)}`,
      'Remove a wire of the cycle first, or end at another node.',
    );
  }
  return undefined;
}

/** The same within one class. */
export function connectInClass(modelClass: ModelClass, from: PortRef, to: PortRef): ModelClass {
  const reason = whyNotConnect(modelClass, from, to);
  if (reason) throw reason;
  const occupying = graphOf(modelClass).wireInto(to);
  if (occupying && isSamePort(occupying.from, from)) return modelClass;
  const id = nextKey('w', modelClass.wires);
  const laid = { id, from: pick(from), to: pick(to) };
  return { ...modelClass, wires: changeRecord(modelClass.wires, occupying ? [occupying.id] : [], { [id]: laid }) };
}

/** Port references arrive with whatever the canvas adds to them. */
function pick({ node, port }: PortRef): PortRef {
  return { node, port };
}

/** Removes wires. Probes stay: they sit on the port that the wire came from. */
export function disconnect(document: ModelDocument, classId: ClassId, wireIds: Iterable<WireId>): ModelDocument {
  return changeClass(document, classId, (modelClass) => {
    const wires = without(modelClass.wires, wireIds);
    return wires === modelClass.wires ? modelClass : { ...modelClass, wires };
  });
}

/** Lays a wire anew between other ports: the same wire, with its id. One that ends in the new input already is replaced. */
export function rewire(document: ModelDocument, classId: ClassId, wireId: WireId, from: PortRef, to: PortRef): ModelDocument {
  return changeClass(document, classId, (modelClass) => rewireInClass(modelClass, wireId, from, to));
}

/** Moves all wires of a port to another port of the same side. Of an input there is one. */
export function moveWires(document: ModelDocument, classId: ClassId, side: 'input' | 'output', from: PortRef, to: PortRef): ModelDocument {
  return changeClass(document, classId, (modelClass) => {
    if (isSamePort(from, to)) return modelClass;
    const graph = graphOf(modelClass);
    const into = graph.wireInto(from);
    const wires = side === 'output' ? graph.outgoing(from.node).filter((wire) => wire.from.port === from.port) : into ? [into] : [];
    return wires.reduce(
      (each, wire) => (side === 'output' ? rewireInClass(each, wire.id, to, wire.to) : rewireInClass(each, wire.id, wire.from, to)),
      modelClass,
    );
  });
}

function rewireInClass(modelClass: ModelClass, wireId: WireId, from: PortRef, to: PortRef): ModelClass {
  const wire = Object.hasOwn(modelClass.wires, wireId) ? modelClass.wires[wireId] : undefined;
  if (!wire) throw new EditError('a wire of the class', `"${wireId}"`, 'Move a wire that exists.');
  if (isSamePort(wire.from, from) && isSamePort(wire.to, to)) return modelClass;
  const cut = { ...modelClass, wires: without(modelClass.wires, [wireId]) };
  const reason = whyNotConnect(cut, from, to);
  if (reason) throw reason;
  const occupying = graphOf(cut).wireInto(to);
  const laid = { ...wire, from: pick(from), to: pick(to) };
  return { ...modelClass, wires: changeRecord(cut.wires, occupying ? [occupying.id] : [], { [wireId]: laid }) };
}

/** Puts a node with no wires of its own into a wire, where it lies: source to `input`, `output` to the target. The others make room. */
export function insertOnWire(
  document: ModelDocument,
  classId: ClassId,
  wireId: WireId,
  nodeId: NodeId,
  ports: { readonly input: string; readonly output: string },
): ModelDocument {
  return changeClass(document, classId, (modelClass) => {
    const wire = Object.hasOwn(modelClass.wires, wireId) ? modelClass.wires[wireId] : undefined;
    if (!wire) throw new EditError('a wire of the class', `"${wireId}"`, 'Drop the node on a wire.');
    const cut = { ...modelClass, wires: without(modelClass.wires, [wireId]) };
    const half = connectInClass(cut, wire.from, { node: nodeId, port: ports.input });
    return makeRoomAround(connectInClass(half, { node: nodeId, port: ports.output }, wire.to), nodeId);
  });
}

/**
 * Lays wires past nodes that are about to be removed: what came in goes on to where the outputs went. Of several wired inputs `choose` says
 * for each output which one; without it such a node is left as it is. Follow it with `removeNodes`.
 */
export function bridgeNodes(
  document: ModelDocument,
  classId: ClassId,
  nodeIds: Iterable<NodeId>,
  choose: (output: PortRef) => string | undefined = () => undefined,
): ModelDocument {
  return changeClass(document, classId, (modelClass) => [...nodeIds].reduce((each, id) => bridgeOne(each, id, choose), modelClass));
}

function bridgeOne(modelClass: ModelClass, nodeId: NodeId, choose: (output: PortRef) => string | undefined): ModelClass {
  const node = getNode(modelClass, nodeId);
  const graph = graphOf(modelClass);
  const incoming = graph.incoming(node.id);
  const outgoing = graph.outgoing(node.id).flatMap((wire) => {
    const port = incoming.length > 1 ? choose(wire.from) : undefined;
    const source = incoming.length === 1 ? incoming[0] : incoming.find(({ to }) => to.port === port);
    return source ? [{ id: wire.id, from: source.from, to: wire.to }] : [];
  });
  // Without the node's own wires first: they would make every bridge look like a second way round.
  const cleared = {
    ...modelClass,
    wires: without(
      modelClass.wires,
      outgoing.map((wire) => wire.id),
    ),
  };
  return outgoing.reduce((bridged, { from, to }) => connectInClass(bridged, from, to), cleared);
}
