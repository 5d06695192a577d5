/**
 * @file What an edit may have changed in a class: the nodes that must be inferred anew, and whose results can be taken over. Found by the
 * identity of records, without looking at any shape.
 */
import { classIdOf } from '../document/find.ts';
import type { ClassId, Member, MemberId, ModelClass, ModelDocument, NodeId } from '../document/schema.ts';
import { graphOf, type GraphIndex } from '../graph/graph-of.ts';
import type { Instance, MaybeSpec, MaybeSpecs, MemberResult, NodeResult } from './instance.ts';
import { isSameParts, partsOf } from './memo.ts';

export class Previous {
  /** Nodes whose record, member, wires or sources are not what they were. Grows as shapes turn out to have changed. */
  readonly dirty = new Set<NodeId>();
  private readonly before: GraphIndex;
  private readonly now: GraphIndex;
  private readonly changedMembers = new Set<MemberId>();
  private readonly sameClasses = new Map<ClassId, boolean>();

  private constructor(
    private readonly instance: Instance,
    private readonly document: ModelDocument,
    private readonly modelClass: ModelClass,
  ) {
    this.before = graphOf(instance.class);
    this.now = graphOf(modelClass);
    this.markMembers();
    this.markNodes();
    this.markWires();
    // A second call hangs on what the first has settled, and inputs bind names of dimensions together: always anew.
    for (const { id } of this.now.inputs) this.dirty.add(id);
    for (const id of this.now.sharedMembers) for (const call of this.now.callsOf(id)) this.dirty.add(call.id);
  }

  /** Undefined where nothing can be taken over: expressions and messages hang on the fields. */
  static of(instance: Instance, document: ModelDocument, modelClass: ModelClass): Previous | undefined {
    const { class: before } = instance;
    return before.id === modelClass.id && before.fields === modelClass.fields ? new Previous(instance, document, modelClass) : undefined;
  }

  /** The result of a node that hangs on nothing that has changed. */
  resultOf(id: NodeId): NodeResult | undefined {
    return this.dirty.has(id) ? undefined : this.instance.nodes.get(id);
  }

  /** Compares the new result of a node with the old one: where values differ, what they flow into is dirty, too. */
  spread(id: NodeId, outputs: MaybeSpecs): void {
    const before = this.instance.nodes.get(id);
    if (before && isSameSpecs(before.outputs, outputs)) return;
    for (const wire of this.now.outgoing(id)) this.dirty.add(wire.to.node);
  }

  /** What is known about a member of which no call was inferred anew. */
  memberOf(id: MemberId): MemberResult | undefined {
    return this.changedMembers.has(id) ? undefined : this.instance.members.get(id);
  }

  /** The instance as it was, but for these results. */
  withResults(modelClass: ModelClass, results: ReadonlyMap<NodeId, NodeResult>): Instance {
    const nodes = new Map(this.instance.nodes);
    for (const [id, result] of results) nodes.set(id, result);
    return { ...this.instance, class: modelClass, nodes };
  }

  private markMembers(): void {
    const { members } = this.modelClass;
    const { members: old } = this.instance.class;
    if (members === old && this.instance.uses.size === 0) return;
    const usesClasses = this.instance.uses.size > 0;
    for (let i = 0; i < Math.max(members.length, old.length); i++) {
      const [was, member] = [old[i], members[i]];
      if (was !== member) {
        if (member && this.before.memberOf(member.id) !== member) this.changedMembers.add(member.id);
        if (was && this.now.memberOf(was.id) !== was) this.changedMembers.add(was.id);
      }
      if (usesClasses && member && !this.isSameClass(member)) this.changedMembers.add(member.id);
    }
    // An alias stands for another member: whoever calls through it, or calls what it stood for, hangs on it.
    for (const id of new Set(this.changedMembers))
      for (const graph of [this.before, this.now]) {
        const target = graph.behind(id)?.id;
        if (target !== undefined) this.changedMembers.add(target);
      }
    for (const id of this.changedMembers)
      for (const graph of [this.before, this.now]) for (const call of graph.callsOf(id)) this.markSource(call.id);
  }

  private isSameClass(member: Member): boolean {
    const used = member.aliasOf === undefined ? classIdOf(member.type) : undefined;
    if (used === undefined) return true;
    let isSame = this.sameClasses.get(used);
    if (isSame === undefined)
      this.sameClasses.set(used, (isSame = isSameParts(this.instance.uses.get(used), partsOf(this.document, used))));
    return isSame;
  }

  private markNodes(): void {
    const { nodes } = this.modelClass;
    const { nodes: old } = this.instance.class;
    if (nodes === old) return;
    for (const id in nodes) {
      if (nodes[id] === this.before.node(id)) continue;
      this.markSource(id);
      this.markMemberOf(id);
    }
    for (const id in old) {
      if (this.now.node(id)) continue;
      this.markSource(id);
      this.markMemberOf(id);
    }
  }

  /** A call more or less: what nobody calls is known from its arguments alone. */
  private markMemberOf(id: NodeId): void {
    for (const graph of [this.before, this.now]) {
      const node = graph.node(id);
      const member = node?.kind === 'call' ? graph.behind(node.member) : undefined;
      if (!member) continue;
      this.changedMembers.add(member.id);
      for (const call of this.now.callsOf(member.id)) this.dirty.add(call.id);
    }
  }

  /** A node that may have other ports than it had: so the wires from it are looked at again, too. */
  private markSource(id: NodeId): void {
    this.dirty.add(id);
    for (const wire of this.now.outgoing(id)) this.dirty.add(wire.to.node);
  }

  private markWires(): void {
    const { wires } = this.modelClass;
    const { wires: old } = this.instance.class;
    if (wires === old) return;
    for (const id in wires) if (!Object.hasOwn(old, id) || wires[id] !== old[id]) this.dirty.add(wires[id]!.to.node);
    for (const id in old) if (!Object.hasOwn(wires, id) || wires[id] !== old[id]) this.dirty.add(old[id]!.to.node);
  }
}

function isSameSpecs(a: MaybeSpecs, b: MaybeSpecs): boolean {
  const ports = Object.keys(a);
  return ports.length === Object.keys(b).length && ports.every((port) => port in b && isSameSpec(a[port], b[port]));
}

function isSameSpec(a: MaybeSpec, b: MaybeSpec): boolean {
  if (a === b || a === undefined || b === undefined) return a === b;
  return a.dtype === b.dtype && a.shape.length === b.shape.length && a.shape.every((dim, i) => dim === b.shape[i]);
}
