/** @file Takes a class apart where it is called: what it holds comes back into the class around, wired as it was. The other way of `group.ts`. */
import { graphOf } from '../../graph/graph-of.ts';
import { classIdOf, findClass, isSamePort } from '../find.ts';
import { compareIds, nextId } from '../ids.ts';
import { uniqueName } from '../names.ts';
import { changeRecord } from '../records.ts';
import { classesAlong } from '../references.ts';
import type { CallNode, ClassId, GraphNode, Member, ModelClass, ModelDocument, NodeId, Point, PortRef, Probe } from '../schema.ts';
import { annotationsOf, nextAnnotationId } from './annotations.ts';
import { changeClass, getClass, getNode, without } from './change.ts';
import { removeClass } from './classes.ts';
import { EditError } from './edit-error.ts';
import { fieldValues, inlineArgument, inlineArguments, type FieldValues } from './inline-arguments.ts';
import { memberNames } from './members.ts';
import { mapReferences } from './references.ts';
import { onWire, withAnnotations } from './wire-notes.ts';
import { connectInClass } from './wires.ts';

export interface Ungrouped {
  readonly document: ModelDocument;
  /** What came out of the class. */
  readonly nodes: readonly NodeId[];
  readonly annotations: readonly string[];
}

/** Puts what a class holds in the place of its call. The class goes where nothing uses it any more. */
export function ungroup(document: ModelDocument, classId: ClassId, nodeId: NodeId): Ungrouped {
  const outer = getClass(document, classId);
  const { call, member, inner } = findCall(document, outer, nodeId);
  const draft = new Inlining(outer, inner, call, member);
  const changed = changeClass(document, classId, () => draft.outside());
  const moved = mapReferences(changed, (ref) => {
    const classes = classesAlong(document, ref);
    const at = ref.findIndex((part, i) => part === member.id && classes[i] === classId);
    const next = at < 0 ? undefined : ref[at + 1];
    if (at < 0) return [ref];
    const id = typeof next === 'string' ? draft.memberIds.get(next) : undefined;
    return id === undefined ? [] : [[...ref.slice(0, at), id, ...ref.slice(at + 2)]];
  });
  const isUsed =
    moved.root.class === inner.id ||
    Object.values(moved.classes).some(({ members }) => members.some(({ type }) => classIdOf(type) === inner.id));
  return {
    document: isUsed ? moved : removeClass(moved, inner.id),
    nodes: draft.placed.map(({ id }) => id),
    annotations: draft.annotations.map(({ id }) => id),
  };
}

function findCall(
  document: ModelDocument,
  outer: ModelClass,
  nodeId: NodeId,
): { readonly call: CallNode; readonly member: Member; readonly inner: ModelClass } {
  const call = getNode(outer, nodeId);
  const graph = graphOf(outer);
  const member = call.kind === 'call' ? graph.behind(call.member) : undefined;
  const inner = member && findClass(document, classIdOf(member.type) ?? '');
  if (call.kind !== 'call' || !member || !inner) {
    throw new EditError('a call of a class', `the ${call.kind} "${call.id}"`, 'Select a node that stands for a class of your own.');
  }
  if (call.bypass)
    throw new EditError(`a call of ${inner.name} that computes`, 'one that is bypassed', 'Switch the bypass off first, or delete it.');
  if (member.repeat !== undefined)
    throw new EditError(
      `one ${inner.name}`,
      `a list of them, ${member.name}`,
      'Make it a single module first: its items have weights of their own.',
    );
  if (graph.callsOf(member.id).length > 1 || outer.members.some(({ aliasOf }) => aliasOf === member.id)) {
    throw new EditError(
      `one call of ${member.name}`,
      'several, which share its weights',
      'Give the other calls a member of their own first.',
    );
  }
  return { call, member, inner };
}

/** Ids, names and wires of what comes out. Ids and names stay where they are free. */
class Inlining {
  readonly memberIds = new Map<string, string>();
  readonly placed: readonly GraphNode[];
  readonly annotations: readonly ReturnType<typeof annotationsOf>[number][];
  private readonly nodeIds = new Map<NodeId, NodeId>();
  private readonly members: readonly Member[];
  private readonly offset: Point;
  private readonly values: FieldValues;

  constructor(
    private readonly outer: ModelClass,
    private readonly inner: ModelClass,
    private readonly call: CallNode,
    private readonly member: Member,
  ) {
    this.values = fieldValues(inner.fields, member.args);
    const nodes = Object.values(inner.nodes)
      .filter(({ kind }) => kind !== 'input' && kind !== 'output')
      .sort((a, b) => compareIds(a.id, b.id));
    const taken = new Set(Object.keys(outer.nodes).filter((id) => id !== call.id));
    for (const { id } of nodes) this.nodeIds.set(id, freeId('n', id, taken));
    this.members = this.nameMembers();
    this.placed = nodes.map((node) => this.place(node));
    this.offset = this.findOffset(nodes);
    const all = [...annotationsOf(outer)];
    this.annotations = annotationsOf(inner).map((each) => {
      const id = all.some((other) => other.id === each.id) ? nextAnnotationId(all) : each.id;
      const moved = { ...each, id, x: each.x + this.offset.x, y: each.y + this.offset.y };
      all.push(moved);
      return moved;
    });
  }

  private nameMembers(): readonly Member[] {
    const taken = new Set(this.outer.members.filter((each) => each !== this.member).map(({ id }) => id));
    const names = memberNames(this.outer).filter((name) => name !== this.member.name);
    for (const { id } of this.inner.members) this.memberIds.set(id, freeId('m', id, taken));
    return this.inner.members.map((member) => {
      const name = uniqueName(member.name, names);
      names.push(name);
      return {
        ...member,
        id: this.memberIds.get(member.id)!,
        name,
        args: inlineArguments(member.args, this.values),
        ...(member.repeat === undefined ? {} : { repeat: inlineArgument(member.repeat, this.values) }),
        ...(member.aliasOf === undefined ? {} : { aliasOf: this.memberIds.get(member.aliasOf) ?? member.aliasOf }),
      };
    });
  }

  private place(node: GraphNode): GraphNode {
    const id = this.nodeIds.get(node.id)!;
    if (node.kind === 'call') return { ...node, id, member: this.memberIds.get(node.member) ?? node.member };
    return node.kind === 'op' ? { ...node, id, args: inlineArguments(node.args, this.values) } : { ...node, id };
  }

  /** The middle of what comes out lies where the call lay. */
  private findOffset(nodes: readonly GraphNode[]): Point {
    const points = nodes.flatMap(({ id }) => this.inner.layout[id] ?? []);
    const at = this.outer.layout[this.call.id];
    if (points.length === 0 || !at) return { x: 0, y: 0 };
    const middle = (values: readonly number[]) => Math.round(values.reduce((sum, each) => sum + each, 0) / values.length / 4) * 4;
    return { x: at.x - middle(points.map(({ x }) => x)), y: at.y - middle(points.map(({ y }) => y)) };
  }

  outside(): ModelClass {
    const { outer, inner, call } = this;
    const index = outer.members.indexOf(this.member);
    const around = Object.values(outer.wires).filter(({ from, to }) => from.node === call.id || to.node === call.id);
    const layout = Object.entries(inner.layout).flatMap(([id, { x, y }]) => {
      const now = this.nodeIds.get(id);
      return now === undefined ? [] : [[now, { x: x + this.offset.x, y: y + this.offset.y }] as const];
    });
    const merged: ModelClass = {
      ...withAnnotations(outer, this.annotations.length === 0 ? annotationsOf(outer) : [...annotationsOf(outer), ...this.annotations]),
      members: outer.members.toSpliced(index, 1, ...this.members),
      nodes: changeRecord(outer.nodes, [call.id], Object.fromEntries(this.placed.map((node) => [node.id, node]))),
      wires: without(
        outer.wires,
        around.map(({ id }) => id),
      ),
      probes: this.probes(),
      layout: changeRecord(outer.layout, [call.id], Object.fromEntries(layout)),
    };
    return this.withNotes(this.ends().reduce((wired, [from, to]) => connectInClass(wired, from, to), merged));
  }

  /** What was a note of a wire in the class is one of the wire that came of it. */
  private withNotes(wired: ModelClass): ModelClass {
    if (this.annotations.length === 0) return wired;
    const graph = graphOf(wired);
    const own = new Set(this.annotations.map(({ id }) => id));
    return withAnnotations(
      wired,
      annotationsOf(wired).map((each) => {
        if (!own.has(each.id) || each.kind !== 'note' || each.wire === undefined) return each;
        const to = this.inner.wires[each.wire]?.to;
        const node = to && this.nodeIds.get(to.node);
        return onWire(each, to && node !== undefined ? graph.wireInto({ ...to, node })?.id : undefined);
      }),
    );
  }

  /** The ends of all wires that come of the class: those within, those that led into the call, and those that led out of it. */
  private ends(): readonly (readonly [PortRef, PortRef])[] {
    const within = Object.values(this.inner.wires)
      .sort((a, b) => compareIds(a.id, b.id))
      .flatMap(({ from, to }) => {
        const [source, node] = [this.sourceOf(from), this.nodeIds.get(to.node)];
        return source && node !== undefined ? [[source, { ...to, node }] as const] : [];
      });
    const behind = graphOf(this.outer)
      .outgoing(this.call.id)
      .flatMap(({ from, to }) => {
        const source = this.outputOf(from.port);
        return source ? [[source, to] as const] : [];
      });
    return [...within, ...behind];
  }

  /** Where a value within the class comes from, seen from outside. */
  private sourceOf({ node, port }: PortRef): PortRef | undefined {
    const id = this.nodeIds.get(node);
    if (id !== undefined) return { node: id, port };
    const input = this.inner.nodes[node];
    return input?.kind === 'input' ? graphOf(this.outer).wireInto({ node: this.call.id, port: input.name })?.from : undefined;
  }

  private outputOf(name: string): PortRef | undefined {
    const output = Object.values(this.inner.nodes).find((node) => node.kind === 'output' && node.name === name);
    const wire = output && graphOf(this.inner).wireInto({ node: output.id, port: 'in' });
    return wire && this.sourceOf(wire.from);
  }

  /** Those around, those within, and those on the call itself, on the port that the value now leaves. A port keeps the first of each kind. */
  private probes(): readonly Probe[] {
    const { outer, inner, call } = this;
    const kept = outer.probes.filter(({ at }) => at.node !== call.id);
    const wanted = [
      ...inner.probes.map((probe) => ({ probe, at: this.sourceOf(probe.at) })),
      ...outer.probes.filter(({ at }) => at.node === call.id).map((probe) => ({ probe, at: this.outputOf(probe.at.port) })),
    ];
    const probes: Probe[] = [...kept];
    for (const { probe, at } of wanted) {
      if (!at || probes.some((each) => each.kind === probe.kind && isSamePort(each.at, at))) continue;
      const ids = probes.map(({ id }) => id);
      const names = probes.filter(({ kind }) => kind === probe.kind).map(({ name }) => name);
      probes.push({ ...probe, id: ids.includes(probe.id) ? nextId('p', ids) : probe.id, name: uniqueName(probe.name, names), at });
    }
    return probes;
  }
}

/** The id itself, or a new one where it is taken; taken from now on. */
function freeId(prefix: string, id: string, taken: Set<string>): string {
  const free = taken.has(id) ? nextId(prefix, taken) : id;
  taken.add(free);
  return free;
}
