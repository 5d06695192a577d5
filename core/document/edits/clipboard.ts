/** @file Copy, paste and duplicate: nodes with their members, the wires between them and their probes; notes and frames. */
import { graphOf } from '../../graph/graph-of.ts';
import { classIdOf, findClass } from '../find.ts';
import { compareIds, nextId } from '../ids.ts';
import { uniqueName } from '../names.ts';
import { changeRecord } from '../records.ts';
import type {
  Annotation,
  ClassId,
  GraphNode,
  Member,
  MemberId,
  ModelClass,
  ModelDocument,
  NodeId,
  Point,
  Probe,
  Wire,
  WireId,
} from '../schema.ts';
import { bringClasses, classesBehind } from './bring-classes.ts';
import { annotationsOf, nextAnnotationId } from './annotations.ts';
import { changeClass, getClass, getNode } from './change.ts';
import { memberNames, refuseRecursion } from './members.ts';
import { onWire, withAnnotations } from './wire-notes.ts';

/** Plain JSON, so that it can cross windows. Ids are those of the class and of the document that it was copied from. */
export interface Clipping {
  readonly members: readonly Member[];
  readonly nodes: readonly GraphNode[];
  readonly wires: readonly Wire[];
  readonly probes: readonly Probe[];
  readonly layout: Readonly<Record<NodeId, Point>>;
  readonly annotations: readonly Annotation[];
  /** What came in from outside the selection, which the same class still has. No text holds it. */
  readonly incoming: readonly Wire[];
  /** All classes that the members need. */
  readonly classes: readonly ModelClass[];
}

export interface PasteOptions {
  readonly offset?: Point;
  /** It was copied from this very document: its classes are meant as they are by now. */
  readonly isOwn?: boolean;
  /** What led into the original leads into the copy, too, as far as the class has it: only where it was copied in this very class. */
  readonly keepsWires?: boolean;
}

/** What was pasted, to be selected. */
export interface Pasted {
  readonly document: ModelDocument;
  readonly nodes: readonly NodeId[];
  readonly annotations: readonly string[];
}

/** What a selection holds. Aliases become the members behind them. */
export function copyNodes(
  document: ModelDocument,
  classId: ClassId,
  nodeIds: Iterable<NodeId>,
  annotationIds: Iterable<string> = [],
): Clipping {
  const modelClass = getClass(document, classId);
  const ids = [...new Set(nodeIds)].sort(compareIds);
  const chosen = new Set(ids);
  const nodes = ids.map((id) => withoutAlias(modelClass, getNode(modelClass, id)));
  const noted = new Set(annotationIds);
  const called = new Set(nodes.flatMap((node) => (node.kind === 'call' ? [node.member] : [])));
  const members = modelClass.members.filter((member) => called.has(member.id));
  return {
    members,
    nodes,
    wires: Object.values(modelClass.wires).filter((wire) => chosen.has(wire.from.node) && chosen.has(wire.to.node)),
    incoming: Object.values(modelClass.wires).filter((wire) => !chosen.has(wire.from.node) && chosen.has(wire.to.node)),
    probes: modelClass.probes.filter((probe) => chosen.has(probe.at.node)),
    layout: Object.fromEntries(ids.flatMap((id) => (modelClass.layout[id] ? [[id, modelClass.layout[id]]] : []))),
    annotations: annotationsOf(modelClass).filter(({ id }) => noted.has(id)),
    classes: classesBehind(document, members),
  };
}

function withoutAlias(modelClass: ModelClass, node: GraphNode): GraphNode {
  return node.kind === 'call' ? { ...node, member: graphOf(modelClass).behind(node.member)?.id ?? node.member } : node;
}

/**
 * Adds what was copied, moved by the offset: members get new names and weights of their own, and the classes that they need come along.
 * @throws EditError where a class would come to contain itself
 */
export function paste(
  document: ModelDocument,
  classId: ClassId,
  clipping: Clipping,
  { offset = { x: 24, y: 24 }, isOwn = false, keepsWires = false }: PasteOptions = {},
): Pasted {
  const brought = bringClasses(document, clipping.classes, isOwn);
  const members = clipping.members.map((member) => ({ ...member, type: brought.typeIn(member.type) }));
  for (const { type } of members) {
    const used = findClass(brought.document, classIdOf(type) ?? '');
    if (used) refuseRecursion(brought.document, getClass(brought.document, classId), used.id);
  }
  const own = { ...clipping, members };
  const pasted: NodeId[] = [];
  const pastedNotes: string[] = [];
  const changed = changeClass(brought.document, classId, (modelClass) => {
    const draft = new Pasting(modelClass, own);
    const nodes = clipping.nodes.map((node) => draft.node(node));
    pasted.push(...nodes.map((node) => node.id));
    const layout = clipping.nodes.map((node) => {
      const at = clipping.layout[node.id] ?? { x: 0, y: 0 };
      return [draft.nodeId(node.id), { x: at.x + offset.x, y: at.y + offset.y }] as const;
    });
    const wires = draft.wires(keepsWires);
    const annotations = draft.annotations(offset);
    pastedNotes.push(...annotations.map(({ id }) => id));
    const noted = withAnnotations(
      modelClass,
      annotations.length === 0 ? annotationsOf(modelClass) : [...annotationsOf(modelClass), ...annotations],
    );
    return {
      ...noted,
      members: [...modelClass.members, ...draft.members],
      nodes: changeRecord(modelClass.nodes, [], Object.fromEntries(nodes.map((node) => [node.id, node]))),
      wires: changeRecord(modelClass.wires, [], wires),
      probes: [...modelClass.probes, ...draft.probes()],
      layout: changeRecord(modelClass.layout, [], Object.fromEntries(layout)),
    };
  });
  return { document: changed, nodes: pasted, annotations: pastedNotes };
}

/** Copies nodes beside themselves. */
export function duplicateNodes(
  document: ModelDocument,
  classId: ClassId,
  nodeIds: Iterable<NodeId>,
  annotationIds: Iterable<string> = [],
  offset: Point = { x: 24, y: 24 },
): Pasted {
  return paste(document, classId, copyNodes(document, classId, nodeIds, annotationIds), { offset, isOwn: true });
}

/** New ids and names for everything in a clipping, given out in its own order. */
class Pasting {
  readonly members: readonly Member[];
  private readonly nodeIds = new Map<NodeId, NodeId>();
  private readonly memberIds = new Map<MemberId, MemberId>();
  /** Of the wires that have been given out. */
  private readonly wireIds = new Map<WireId, WireId>();
  /** Names in use, those just pasted included. */
  private readonly portNames: Readonly<Record<'input' | 'output', string[]>> = { input: [], output: [] };
  private order: number;

  constructor(
    private readonly target: ModelClass,
    private readonly clipping: Clipping,
  ) {
    for (const each of Object.values(target.nodes))
      if (each.kind === 'input' || each.kind === 'output') this.portNames[each.kind].push(each.name);
    const taken = Object.keys(target.nodes);
    for (const { id } of clipping.nodes) {
      this.nodeIds.set(id, nextId('n', taken));
      taken.push(this.nodeIds.get(id)!);
    }
    const names = [...memberNames(target)];
    const ids = target.members.map((member) => member.id);
    this.members = clipping.members.map((member) => {
      const copy = { ...member, id: nextId('m', ids), name: uniqueName(member.name, names) };
      ids.push(copy.id);
      names.push(copy.name);
      this.memberIds.set(member.id, copy.id);
      return copy;
    });
    this.order = Object.values(target.nodes).reduce((order, node) => ('order' in node ? Math.max(order, node.order + 1) : order), 0);
  }

  nodeId(id: NodeId): NodeId {
    return this.nodeIds.get(id) ?? id;
  }

  node(node: GraphNode): GraphNode {
    const id = this.nodeId(node.id);
    if (node.kind === 'call') return { ...node, id, member: this.memberIds.get(node.member) ?? node.member };
    if (node.kind !== 'input' && node.kind !== 'output') return { ...node, id };
    const name = uniqueName(node.name, this.portNames[node.kind]);
    this.portNames[node.kind].push(name);
    return { ...node, id, name, order: this.order++ };
  }

  wires(keepsIncoming: boolean): Readonly<Record<string, Wire>> {
    const taken = Object.keys(this.target.wires);
    const incoming = keepsIncoming ? this.clipping.incoming.filter(({ from }) => Object.hasOwn(this.target.nodes, from.node)) : [];
    return Object.fromEntries(
      [...this.clipping.wires, ...incoming].map((wire) => {
        const id = nextId('w', taken);
        taken.push(id);
        this.wireIds.set(wire.id, id);
        const from = { ...wire.from, node: this.nodeId(wire.from.node) };
        return [id, { ...wire, id, from, to: { ...wire.to, node: this.nodeId(wire.to.node) } }] as const;
      }),
    );
  }

  annotations(offset: Point): readonly Annotation[] {
    const all = [...annotationsOf(this.target)];
    return this.clipping.annotations.map((each) => {
      const wire = each.kind === 'note' && each.wire !== undefined ? this.wireIds.get(each.wire) : undefined;
      const copy = { ...onWire(each, wire), id: nextAnnotationId(all), x: each.x + offset.x, y: each.y + offset.y };
      all.push(copy);
      return copy;
    });
  }

  probes(): readonly Probe[] {
    const ids = this.target.probes.map((probe) => probe.id);
    const names = { sow: [] as string[], perturb: [] as string[] };
    for (const probe of this.target.probes) names[probe.kind].push(probe.name);
    return this.clipping.probes.map((probe) => {
      const id = nextId('p', ids);
      const name = uniqueName(probe.name, names[probe.kind]);
      ids.push(id);
      names[probe.kind].push(name);
      return { ...probe, id, name, at: { ...probe.at, node: this.nodeId(probe.at.node) } };
    });
  }
}
