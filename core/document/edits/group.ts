/** @file Makes a class of a selection: its members move into it, and one call of it stands where the selection was. */
import { expressionsIn } from '../arguments.ts';
import { expressionNames } from '../expression.ts';
import { graphOf } from '../../graph/graph-of.ts';
import { isSamePort, typeOfClass } from '../find.ts';
import { compareIds, nextId } from '../ids.ts';
import { uniqueName } from '../names.ts';
import type { ClassId, Field, GraphNode, Member, MemberId, ModelClass, ModelDocument, NodeId, Point, PortRef, Wire } from '../schema.ts';
import { annotationsOf } from './annotations.ts';
import { changeClass, getClass, getNode, kept, without } from './change.ts';
import { EditError } from './edit-error.ts';
import { addMember } from './members.ts';
import { moveReferences } from './references.ts';
import { keepWireNotes, notesWithin, withAnnotations } from './wire-notes.ts';
import { connectInClass } from './wires.ts';

export interface Grouped {
  readonly document: ModelDocument;
  readonly class: ClassId;
  readonly member: MemberId;
  readonly node: NodeId;
}

const STEP = 264; // a node and the gap behind it

/** Moves nodes into a new class. Values that come from outside become its inputs, values that go on its outputs, fields are handed through. */
export function groupIntoClass(
  document: ModelDocument,
  classId: ClassId,
  nodeIds: Iterable<NodeId>,
  name = 'Block',
  annotationIds: Iterable<string> = [],
): Grouped {
  const outer = getClass(document, classId);
  const chosen = new Set(nodeIds);
  const noted = new Set([...annotationIds, ...notesWithin(outer, chosen)]);
  const cut = new Cut(outer, chosen);
  const id = nextId('c', Object.keys(document.classes));
  const className = uniqueName(
    name,
    Object.values(document.classes).map((each) => each.name),
  );
  const withClass = {
    ...document,
    classes: {
      ...document.classes,
      [id]: withAnnotations(
        cut.inner(id, className),
        annotationsOf(outer).filter((each) => noted.has(each.id)),
      ),
    },
  };
  const emptied = changeClass(withClass, classId, (modelClass) => withAnnotations(cut.outside(modelClass), []));
  const args = Object.fromEntries(cut.fields.map((field) => [field.name, { $: field.name }]));
  const added = addMember(emptied, classId, { type: typeOfClass(id), args, at: cut.center });
  const wired = changeClass(added.document, classId, (modelClass) => cut.reconnect(modelClass, added.node));
  const placed = changeClass(wired, classId, (each) => moveToIndex(each, added.member, cut.memberIndex));
  // The notes of wires across the border are those of the wires that took their places.
  const left = kept(annotationsOf(outer), (each) => !noted.has(each.id));
  const grouped = changeClass(placed, classId, (each) => keepWireNotes(outer, withAnnotations(each, left)));
  const moved = { from: classId, members: new Set(cut.members.map((member) => member.id)), through: added.member };
  return {
    document: moveReferences(document, grouped, moved),
    class: id,
    member: added.member,
    node: added.node,
  };
}

/** Construction draws random numbers in order: the class stands where its first member stood. */
function moveToIndex(modelClass: ModelClass, memberId: MemberId, index: number): ModelClass {
  const member = modelClass.members.find((each) => each.id === memberId)!;
  const others = modelClass.members.filter((each) => each !== member);
  return { ...modelClass, members: others.toSpliced(index, 0, member) };
}

/** The member behind a name. Of aliases that lead nowhere what they lead to, or one of their circle: they stay together, too. */
function behindOrLost(modelClass: ModelClass, id: MemberId): MemberId {
  const graph = graphOf(modelClass);
  const behind = graph.behind(id)?.id;
  if (behind !== undefined) return behind;
  const way: MemberId[] = [];
  for (let at: MemberId | undefined = id; at !== undefined; at = graph.memberOf(at)?.aliasOf) {
    const start = way.indexOf(at);
    if (start !== -1) return way.slice(start).sort(compareIds)[0]!;
    way.push(at);
  }
  return way.at(-1)!;
}

interface Crossing {
  readonly name: string;
  readonly source: PortRef;
  readonly wires: readonly Wire[];
}

/** A selection with everything that belongs to it, and what crosses its border. */
class Cut {
  readonly fields: readonly Field[];
  readonly center: Point;
  readonly memberIndex: number;
  private readonly nodes: readonly GraphNode[];
  readonly members: readonly Member[];
  private readonly incoming: readonly Crossing[];
  private readonly outgoing: readonly Crossing[];

  constructor(
    private readonly outer: ModelClass,
    private readonly chosen: ReadonlySet<NodeId>,
  ) {
    this.nodes = [...chosen].sort(compareIds).map((id) => getNode(outer, id));
    if (this.nodes.length === 0) throw new EditError('a selection', 'none', 'Select the layers and ops to group.');
    if (this.nodes.some((node) => node.kind === 'input' || node.kind === 'output')) {
      throw new EditError('layers, ops and constants', 'an input or output of the class', 'Leave inputs and outputs out of the selection.');
    }
    this.members = this.ownMembers();
    this.memberIndex = Math.max(
      0,
      outer.members.findIndex((member) => this.members.includes(member)),
    );
    this.fields = this.usedFields();
    const wires = Object.values(outer.wires).sort((a, b) => compareIds(a.id, b.id));
    this.incoming = this.crossings(
      wires.filter((wire) => !chosen.has(wire.from.node) && chosen.has(wire.to.node)),
      'x',
    );
    this.outgoing = this.crossings(
      wires.filter((wire) => chosen.has(wire.from.node) && !chosen.has(wire.to.node)),
      'y',
    );
    if (this.outgoing.length === 0)
      throw new EditError('a selection whose result is used', 'one that leads nowhere', 'Wire its result on first.');
    const points = this.nodes.map((node) => outer.layout[node.id] ?? { x: 0, y: 0 });
    this.center = { x: snap(mean(points.map(({ x }) => x))), y: snap(mean(points.map(({ y }) => y))) };
  }

  /** Members that the selection calls. One that is also called outside cannot move. */
  private ownMembers(): readonly Member[] {
    const targets = (isInside: boolean) =>
      new Set(
        Object.values(this.outer.nodes).flatMap((node) =>
          node.kind === 'call' && this.chosen.has(node.id) === isInside ? [behindOrLost(this.outer, node.member)] : [],
        ),
      );
    const inside = targets(true);
    const outside = targets(false);
    const shared = this.outer.members.find(({ id }) => [inside, outside].every((each) => each.has(behindOrLost(this.outer, id))));
    if (shared) {
      throw new EditError(
        `every call of ${shared.name}`,
        'only some',
        `Select the other calls of ${shared.name}, too, or give them a member of their own.`,
      );
    }
    return this.outer.members.filter(({ id }) => inside.has(behindOrLost(this.outer, id)));
  }

  private usedFields(): readonly Field[] {
    const held = [
      ...this.members.flatMap((member) => [...Object.values(member.args), ...(member.repeat === undefined ? [] : [member.repeat])]),
      ...this.nodes.flatMap((node) => (node.kind === 'op' ? Object.values(node.args) : [])),
    ];
    const used = new Set(held.flatMap(expressionsIn).flatMap(expressionNames));
    return this.outer.fields.filter((field) => used.has(field.name));
  }

  /** Wires across the border, by the port that they come from: one input or output each. */
  private crossings(wires: readonly Wire[], wish: string): readonly Crossing[] {
    const crossings: Crossing[] = [];
    for (const wire of wires) {
      const known = crossings.findIndex((each) => isSamePort(each.source, wire.from));
      if (known >= 0) crossings[known] = { ...crossings[known]!, wires: [...crossings[known]!.wires, wire] };
      else
        crossings.push({
          name: uniqueName(
            wish,
            crossings.map((each) => each.name),
          ),
          source: wire.from,
          wires: [wire],
        });
    }
    return crossings;
  }

  /** The new class. Ids of what moves stay. */
  inner(id: ClassId, name: string): ModelClass {
    const nodes: Record<NodeId, GraphNode> = Object.fromEntries(this.nodes.map((node) => [node.id, node]));
    const wires: Record<string, Wire> = Object.fromEntries(
      Object.values(this.outer.wires)
        .filter((wire) => this.chosen.has(wire.from.node) && this.chosen.has(wire.to.node))
        .map((wire) => [wire.id, wire]),
    );
    const layout: Record<NodeId, Point> = Object.fromEntries(
      this.nodes.map((node) => [node.id, this.outer.layout[node.id] ?? { x: 0, y: 0 }]),
    );
    const xs = Object.values(layout).map(({ x }) => x);
    const taken = Object.keys(this.outer.nodes);
    const takenWires = Object.keys(this.outer.wires);
    const place = (port: GraphNode, x: number, order: number) => {
      nodes[port.id] = port;
      layout[port.id] = { x, y: this.center.y + order * 96 };
      taken.push(port.id);
    };
    const lay = (from: PortRef, to: PortRef) => {
      const wire = { id: nextId('w', takenWires), from, to };
      takenWires.push(wire.id);
      wires[wire.id] = wire;
    };
    for (const [order, crossing] of this.incoming.entries()) {
      const port: GraphNode = { id: nextId('n', taken), kind: 'input', name: crossing.name, order, shape: null, dtype: 'float32' };
      place(port, Math.min(...xs) - STEP, order);
      for (const wire of crossing.wires) lay({ node: port.id, port: 'out' }, wire.to);
    }
    for (const [order, crossing] of this.outgoing.entries()) {
      const port: GraphNode = { id: nextId('n', taken), kind: 'output', name: crossing.name, order };
      place(port, Math.max(...xs) + STEP, order);
      lay(crossing.source, { node: port.id, port: 'in' });
    }
    const probes = this.outer.probes.filter((probe) => this.chosen.has(probe.at.node));
    return { id, name, doc: '', fields: this.fields, members: this.members, nodes, wires, probes, layout };
  }

  /** The class without the selection. */
  outside(modelClass: ModelClass): ModelClass {
    const touched = Object.values(modelClass.wires).filter((wire) => this.chosen.has(wire.from.node) || this.chosen.has(wire.to.node));
    return {
      ...modelClass,
      members: modelClass.members.filter((member) => !this.members.includes(member)),
      nodes: without(modelClass.nodes, this.chosen),
      wires: without(
        modelClass.wires,
        touched.map((wire) => wire.id),
      ),
      probes: modelClass.probes.filter((probe) => !this.chosen.has(probe.at.node)),
      layout: without(modelClass.layout, this.chosen),
    };
  }

  /** Wires the call in. A selection that a value leaves and comes back to closes a cycle, and is refused. */
  reconnect(modelClass: ModelClass, node: NodeId): ModelClass {
    const wires = [
      ...this.incoming.map(({ name, source }) => [source, { node, port: name }] as const),
      ...this.outgoing.flatMap(({ name, wires: each }) => each.map((wire) => [{ node, port: name }, wire.to] as const)),
    ];
    return wires.reduce((wired, [from, to]) => connectInClass(wired, from, to), modelClass);
  }
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** To the 4-pixel grid. */
function snap(value: number): number {
  return Math.round(value / 4) * 4;
}
