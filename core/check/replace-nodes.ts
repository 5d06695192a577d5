/**
 * @file Replacing what nodes are, keeping what they are wired to: a new node is made as any other is and takes the place of the old one, its id, its
 * wires and the arguments that both know by one name.
 */
import { isExpression } from '../document/arguments.ts';
import { addToClass, type Addition } from '../document/edits/additions.ts';
import { changeClass, changeNode, getClass, getNode, without } from '../document/edits/change.ts';
import { EditError } from '../document/edits/edit-error.ts';
import { renameMember, setRepeat } from '../document/edits/members.ts';
import { dropUncalled, memberOf } from '../document/edits/nodes.ts';
import { dropDeadReferences } from '../document/edits/references.ts';
import { classIdOf, findClass, own } from '../document/find.ts';
import { memberNameFor, uniqueName } from '../document/names.ts';
import { changeRecord } from '../document/records.ts';
import type {
  Arguments,
  CallNode,
  ClassId,
  GraphNode,
  JsonValue,
  Member,
  MemberId,
  ModelClass,
  ModelDocument,
  NodeId,
  PortRef,
} from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { nodeName, nodeTitle } from '../graph/node-name.ts';
import { findDescriptor } from '../registry.gen.ts';
import { checkArg } from '../spec/args.ts';
import type { ParamValue } from '../spec/index.ts';
import type { NodePorts } from './instance.ts';
import { usedLayer, usesOf } from './member-use.ts';
import { matchPorts, type PortMoves } from './match-ports.ts';
import { nodePorts } from './ports.ts';

export interface Replacement {
  readonly addition: Addition;
  /** Arguments that a person has typed: they are not taken over from the old node. */
  readonly typed?: readonly string[];
}

export interface Replaced {
  readonly document: ModelDocument;
  /** Wires for which the new nodes have no port, in words: `relu → add`. */
  readonly dropped: readonly string[];
}

/** Whether a node can become another: what the class is called with and gives are part of its callers, too. */
export function isReplaceable(node: GraphNode): boolean {
  return node.kind === 'call' || node.kind === 'op' || node.kind === 'constant';
}

/**
 * Replaces nodes. A member all of whose calls are among them is replaced where it stands, with its place in the order of construction, its own name
 * if a person has given one, and its calls, which go on sharing it; of one that is called elsewhere, too, only the chosen calls leave it.
 * @throws EditError where a node cannot be replaced, or the class cannot take what replaces it
 */
export function replaceNodes(document: ModelDocument, classId: ClassId, ids: readonly NodeId[], replacement: Replacement): Replaced {
  return new Replacing(document, classId, replacement).run(ids);
}

class Replacing {
  private addition: Addition;

  constructor(
    private document: ModelDocument,
    private readonly classId: ClassId,
    private readonly replacement: Replacement,
  ) {
    this.addition = replacement.addition;
  }

  private get modelClass(): ModelClass {
    return getClass(this.document, this.classId);
  }

  run(ids: readonly NodeId[]): Replaced {
    const start = this.modelClass;
    for (const id of ids) {
      const node = getNode(start, id);
      if (!isReplaceable(node))
        throw new EditError(
          'a layer, an op or a constant to replace',
          nodeTitle(start, node),
          'Select other nodes: callers of the class hang on its inputs and outputs.',
        );
    }
    const before = new Map(ids.map((id) => [id, nodePorts(this.document, this.classId, id)]));
    for (const group of this.groups(ids)) this.replace(group);
    this.document = dropDeadReferences(this.document);
    const dropped = this.rewire(start, before);
    return { document: this.document, dropped };
  }

  /** Calls of one member go on together, other nodes each by itself. */
  private groups(ids: readonly NodeId[]): readonly (readonly NodeId[])[] {
    const groups = new Map<string, NodeId[]>();
    for (const id of new Set(ids)) {
      const node = getNode(this.modelClass, id);
      const key = node.kind === 'call' ? `member ${this.behind(node)}` : `node ${id}`;
      groups.set(key, [...(groups.get(key) ?? []), id]);
    }
    return [...groups.values()];
  }

  private behind({ member }: CallNode): MemberId {
    return graphOf(this.modelClass).behind(member)?.id ?? member;
  }

  private replace(group: readonly NodeId[]): void {
    const old = this.modelClass;
    const first = getNode(old, group[0]!);
    const member = first.kind === 'call' ? graphOf(old).behind(first.member) : undefined;
    const added = addToClass(this.document, this.classId, this.addition, old.layout[first.id] ?? { x: 0, y: 0 });
    if (added.node === undefined || added.wasThere) throw new EditError('a node to put there', 'none', 'Choose a layer, an op or a class.');
    this.document = added.document;
    const fresh = getNode(this.modelClass, added.node);
    this.keepArgs(fresh, first.kind === 'op' ? first.args : (member?.args ?? {}));
    this.countInputs(fresh.id, group);
    const isWhole = member !== undefined && this.callsOf(member.id).every((id) => group.includes(id) || id === fresh.id);
    const made = fresh.kind === 'call' && !old.members.some(({ id }) => id === fresh.member) ? fresh.member : undefined;
    if (made !== undefined && member && isWhole) this.replaceMember(member, made, group, fresh.id);
    else this.replaceCalls(group, fresh.id);
    this.goOn(made === undefined ? undefined : this.typeOf(group[0]!));
  }

  private typeOf(id: NodeId): string | undefined {
    const node = getNode(this.modelClass, id);
    return node.kind === 'call' ? graphOf(this.modelClass).behind(node.member)?.type : undefined;
  }

  /** A class that the first replacement has made is used by the others. */
  private goOn(type: string | undefined): void {
    if (this.addition.kind !== 'class' || type === undefined) return;
    const { args, name, repeat } = this.addition;
    this.addition = { kind: 'layer', type, args, ...(name === undefined ? {} : { name }), ...(repeat === undefined ? {} : { repeat }) };
  }

  private callsOf(member: MemberId): readonly NodeId[] {
    return Object.values(this.modelClass.nodes).flatMap((node) => (node.kind === 'call' && this.behind(node) === member ? [node.id] : []));
  }

  /** The new node takes what the old one was given, as far as it knows the names and may have the values. */
  private keepArgs(fresh: GraphNode, given: Arguments): void {
    const owner = fresh.kind === 'op' ? fresh : this.madeBy(fresh);
    if (!owner) return;
    const type = 'op' in owner ? owner.op : owner.type;
    const known = Object.entries(given).filter(
      ([name, value]) => this.replacement.typed?.includes(name) !== true && this.mayHave(type, name, value),
    );
    if (known.length === 0) return;
    const args = { ...owner.args, ...Object.fromEntries(known) };
    this.change((each) =>
      fresh.kind === 'op'
        ? changeNode(each, fresh.id, () => ({ ...fresh, args }))
        : { ...each, members: each.members.map((member) => (member.id === owner.id ? { ...member, args } : member)) },
    );
  }

  /** The member that a fresh call has brought along; undefined where it calls one that was there. */
  private madeBy(fresh: GraphNode): Member | undefined {
    if (this.addition.kind !== 'layer' && this.addition.kind !== 'class') return undefined;
    return memberOf(fresh).flatMap((id) => this.modelClass.members.find((member) => member.id === id) ?? [])[0];
  }

  private mayHave(type: string, name: string, value: Arguments[string]): boolean {
    const usedClass = classIdOf(type);
    if (usedClass !== undefined) return findClass(this.document, usedClass)?.fields.some((field) => field.name === name) === true;
    const spec = own(findDescriptor(type)?.params ?? {}, name);
    if (!spec) return false;
    const isWritten = isExpression(value) || JSON.stringify(value).includes('"$"');
    return isWritten || checkArg(name, spec, value as ParamValue & JsonValue) === undefined;
  }

  /** An op that takes any number of inputs gets one for each wire that the old node had. */
  private countInputs(fresh: NodeId, group: readonly NodeId[]): void {
    const node = getNode(this.modelClass, fresh);
    if (node.kind !== 'op' || this.replacement.typed?.includes('inputs') === true) return;
    const ports = Object.keys(nodePorts(this.document, this.classId, fresh)?.inputs ?? {});
    const wires = Math.max(...group.map((id) => graphOf(this.modelClass).incoming(id).length));
    if (!ports.includes('x0') || wires <= ports.length) return;
    this.change((each) => changeNode(each, fresh, () => ({ ...node, args: { ...node.args, inputs: wires } })));
  }

  private replaceMember(old: Member, made: MemberId, group: readonly NodeId[], fresh: NodeId): void {
    const next = this.modelClass.members.find((member) => member.id === made)!;
    const calls = Object.fromEntries(group.map((id) => [id, this.callAs(getNode(this.modelClass, id) as CallNode, next)]));
    this.change((each) => ({
      ...this.withoutFresh(each, fresh),
      members: each.members.flatMap((member): readonly Member[] => {
        if (member.id === made) return [];
        if (member.id === old.id) return [{ ...member, type: next.type, args: next.args }];
        return [member.aliasOf === old.id ? { ...member, type: next.type } : member];
      }),
      nodes: changeRecord(each.nodes, [fresh], calls),
    }));
    if (next.repeat !== undefined) this.document = setRepeat(this.document, this.classId, old.id, next.repeat);
    const name = this.nameFor(old, next);
    if (name !== old.name) this.document = renameMember(this.document, this.classId, old.id, name);
  }

  /** What a node does with its member it does with the new one, where that offers it; else it calls it. */
  private callAs(node: CallNode, next: Member): CallNode {
    const { method, variable, ...plain } = node;
    const layer = findDescriptor(next.type);
    const hasMethod = method !== undefined && layer?.kind === 'layer' && usedLayer(layer, { method }) !== undefined;
    const hasVariable = variable !== undefined && usesOf(this.modelClass, next).params.includes(variable);
    return hasMethod || hasVariable ? node : plain;
  }

  /** A name that says no more than the type goes with it. */
  private nameFor(old: Member, next: Member): string {
    if ('name' in this.addition && this.addition.name !== undefined) return next.name;
    const named = (type: string): string => {
      const usedClass = classIdOf(type);
      return memberNameFor(usedClass === undefined ? type : (findClass(this.document, usedClass)?.name ?? 'module'));
    };
    if (old.name.replace(/\d+$/, '') !== named(old.type).replace(/\d+$/, '') || old.type === next.type) return old.name;
    const { members, fields } = this.modelClass;
    return uniqueName(
      named(next.type),
      [...members.filter(({ id }) => id !== old.id), ...fields].map(({ name }) => name),
    );
  }

  /** Each becomes what the fresh node is, under its own id. */
  private replaceCalls(group: readonly NodeId[], fresh: NodeId): void {
    const node = getNode(this.modelClass, fresh);
    this.change((each) => {
      const called = group.flatMap((id) => memberOf(each.nodes[id]!));
      const replaced = Object.fromEntries(group.map((id) => [id, { ...node, id }]));
      return dropUncalled({ ...this.withoutFresh(each, fresh), nodes: changeRecord(each.nodes, [fresh], replaced) }, called);
    });
  }

  private withoutFresh(modelClass: ModelClass, fresh: NodeId): ModelClass {
    return { ...modelClass, layout: without(modelClass.layout, [fresh]) };
  }

  private change(change: (modelClass: ModelClass) => ModelClass): void {
    this.document = changeClass(this.document, this.classId, change);
  }

  /** Leads wires and probes to the ports of the new nodes; what has none goes, and is named. */
  private rewire(start: ModelClass, before: ReadonlyMap<NodeId, NodePorts | undefined>): readonly string[] {
    const moves = new Map([...before].map(([id, ports]) => [id, this.movesOf(start, id, ports)]));
    const moved = (side: keyof PortMoves, at: PortRef): PortRef | undefined => {
      const ports = moves.get(at.node)?.[side];
      if (!ports) return at;
      const port = ports.get(at.port);
      return port === undefined ? undefined : { node: at.node, port };
    };
    const dropped: string[] = [];
    this.change((modelClass) => {
      const wires = Object.values(modelClass.wires).flatMap((wire) => {
        const [from, to] = [moved('outputs', wire.from), moved('inputs', wire.to)];
        if (from && to) return [[wire.id, { ...wire, from, to }] as const];
        const name = ({ node }: PortRef): string => nodeName(modelClass, getNode(modelClass, node));
        dropped.push(`${name(wire.from)} → ${name(wire.to)}`);
        return [];
      });
      const probes = modelClass.probes.flatMap((probe) => {
        const at = moved('outputs', probe.at);
        return at ? [{ ...probe, at }] : [];
      });
      return { ...modelClass, wires: Object.fromEntries(wires), probes };
    });
    return dropped;
  }

  private movesOf(start: ModelClass, id: NodeId, before: NodePorts | undefined): PortMoves | undefined {
    const after = nodePorts(this.document, this.classId, id);
    if (!before || !after) return undefined;
    const graph = graphOf(start);
    const [into, from] = [graph.incoming(id).map(({ to }) => to.port), graph.outgoing(id).map((wire) => wire.from.port)];
    const probed = start.probes.flatMap(({ at }) => (at.node === id ? [at.port] : []));
    return {
      inputs: matchPorts(Object.keys(before.inputs), Object.keys(after.inputs), new Set(into)),
      outputs: matchPorts(Object.keys(before.outputs), Object.keys(after.outputs), new Set([...from, ...probed])),
    };
  }
}
