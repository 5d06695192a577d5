/**
 * @file The small steps that edits are made of. Everything that an edit leaves alone keeps its identity: shapes are inferred
 * anew only for what has changed.
 */
import { findClass, findMember, findNode } from '../find.ts';
import { nameFault, type NameUse } from '../names.ts';
import { changeItem, changeRecord } from '../records.ts';
import { keepWireNotes } from './wire-notes.ts';
import type { ClassId, GraphNode, Member, MemberId, ModelClass, ModelDocument, NodeId, Point, Probe, Wire } from '../schema.ts';
import { EditError } from './edit-error.ts';

/** The class; throws where there is none. */
export function getClass(document: ModelDocument, id: ClassId): ModelClass {
  const modelClass = findClass(document, id);
  if (!modelClass) throw new EditError('a class of the document', `"${id}"`, 'Open a class that exists.');
  return modelClass;
}

/** The node. @throws EditError where there is none. */
export function getNode(modelClass: ModelClass, id: NodeId): GraphNode {
  const node = findNode(modelClass, id);
  if (!node) throw new EditError(`a node of ${modelClass.name}`, `"${id}"`, 'Select a node that exists.');
  return node;
}

/** The member. @throws EditError where there is none. */
export function getMember(modelClass: ModelClass, id: MemberId): Member {
  const member = findMember(modelClass, id);
  if (!member) throw new EditError(`a member of ${modelClass.name}`, `"${id}"`, 'Select a member that exists.');
  return member;
}

/** The document with one class changed; the same document if the change gives the same class. */
export function changeClass(document: ModelDocument, id: ClassId, change: (modelClass: ModelClass) => ModelClass): ModelDocument {
  const before = getClass(document, id);
  const after = keepWireNotes(before, change(before));
  return after === before ? document : { ...document, classes: { ...document.classes, [id]: after } };
}

/** The document with every class changed by `change`. */
export function changeAllClasses(document: ModelDocument, change: (modelClass: ModelClass) => ModelClass): ModelDocument {
  return Object.keys(document.classes).reduce((changed, id) => changeClass(changed, id, change), document);
}

/** The class with one node changed; the same class if the change gives the same node. @throws EditError where there is none. */
export function changeNode(modelClass: ModelClass, id: NodeId, change: (node: GraphNode) => GraphNode): ModelClass {
  const before = getNode(modelClass, id);
  const after = change(before);
  return after === before ? modelClass : { ...modelClass, nodes: changeRecord(modelClass.nodes, [], { [id]: after }) };
}

/** The same for a member, which keeps its place in the order of construction. */
export function changeMember(modelClass: ModelClass, id: MemberId, change: (member: Member) => Member): ModelClass {
  const before = getMember(modelClass, id);
  const after = change(before);
  if (after === before) return modelClass;
  return { ...modelClass, members: changeItem(modelClass.members, modelClass.members.indexOf(before), after) };
}

/** The class with a node more, drawn at a point. */
export function withNode(modelClass: ModelClass, node: GraphNode, at: Point): ModelClass {
  return {
    ...modelClass,
    nodes: changeRecord(modelClass.nodes, [], { [node.id]: node }),
    layout: changeRecord(modelClass.layout, [], { [node.id]: { x: at.x, y: at.y } }),
  };
}

/** The record without some keys; the same record if it has none of them. */
export function without<T>(record: Readonly<Record<string, T>>, keys: Iterable<string>): Readonly<Record<string, T>> {
  return changeRecord(record, keys);
}

/** The items that pass; the same array if all do. */
export function kept<T>(items: readonly T[], keep: (item: T) => boolean): readonly T[] {
  return items.every(keep) ? items : items.filter(keep);
}

/** The class without the wires and probes for which a test fails. */
export function keepWires(modelClass: ModelClass, keepWire: (wire: Wire) => boolean, keepProbe: (probe: Probe) => boolean): ModelClass {
  const gone = Object.values(modelClass.wires).filter((wire) => !keepWire(wire));
  const wires = without(
    modelClass.wires,
    gone.map((wire) => wire.id),
  );
  const probes = kept(modelClass.probes, keepProbe);
  return wires === modelClass.wires && probes === modelClass.probes ? modelClass : { ...modelClass, wires, probes };
}

/** Throws unless a name may be used and none of `taken` has it. */
export function checkName(name: string, use: NameUse, taken: Iterable<string>): void {
  const fault = nameFault(name, use);
  if (fault !== undefined) throw new EditError(fault, `"${name}"`, 'Choose another name.');
  for (const other of taken) {
    if (other === name) throw new EditError('a name that is not in use', `"${name}"`, 'Choose another name.');
  }
}

/** The object without a key whose value is now undefined: a saved document holds no `undefined`. */
export function omitUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}
