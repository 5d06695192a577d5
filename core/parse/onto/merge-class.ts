/** @file One class as code has it now, put onto the class that it was. */
import type { Instance } from '../../check/instance.ts';
import { isBypassed } from '../../document/edits/bypass.ts';
import { classIdOf, isSamePort } from '../../document/find.ts';
import { nextId } from '../../document/ids.ts';
import type { ClassId, Field, GraphNode, Member, MemberId, ModelClass, NodeId, PortRef, Probe, Wire } from '../../document/schema.ts';
import { graphOf } from '../../graph/graph-of.ts';
import { place } from './layout.ts';
import { codeName, matchMembers, pairBy } from '../../diff/match-members.ts';
import { matchNodes, sourceOf } from '../../diff/match-nodes.ts';

export interface ClassMerge {
  readonly id: ClassId;
  readonly now: ModelClass;
  /** The same class as the document's own code has it, and as the document has it; undefined for a new one. */
  readonly old: ModelClass | undefined;
  readonly base: ModelClass | undefined;
  readonly instance: Instance | undefined;
  readonly typeOf: (type: string) => string;
  readonly typeWord: (member: Member, of: ModelClass) => string;
  /** The ports of a class that code names otherwise than the document: inputs and outputs by the name in `now`. */
  readonly portsOf: (type: ClassId) => ReadonlyMap<string, string> | undefined;
}

export interface MergedClass {
  readonly class: ModelClass;
  readonly ports: ReadonlyMap<string, string>;
}

export function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

export function mergeClass(merge: ClassMerge): MergedClass {
  return new ClassMerger(merge).run();
}

class ClassMerger {
  private readonly base: ModelClass;
  private readonly old: ModelClass;
  private readonly now: ModelClass;
  private readonly memberIds = new Map<MemberId, MemberId>();
  private readonly nodeIds = new Map<NodeId, NodeId>();
  /** By the id of a node of `now`: what it was in `then`. */
  private thenNodes: ReadonlyMap<NodeId, NodeId> = new Map();
  private readonly written = new Set<NodeId>();
  /** By the id of a node of the base: what it is in its own code. */
  private readonly thenOf = new Map<NodeId, NodeId>();

  constructor(private readonly merge: ClassMerge) {
    const blank = { ...merge.now, fields: [], members: [], nodes: {}, wires: {}, probes: [], layout: {} };
    this.now = merge.now;
    this.base = merge.base ?? blank;
    this.old = merge.old ?? blank;
  }

  run(): MergedClass {
    const { base, old, now, merge } = this;
    const members = this.members();
    this.matchNodes();
    const { nodes, ports } = this.nodes();
    const wires = this.wires(nodes);
    const probes = this.probes(nodes);
    const merged: ModelClass = {
      ...base,
      id: merge.id,
      name: old.name === now.name ? base.name : now.name,
      doc: old.doc === now.doc ? base.doc : now.doc,
      fields: this.fields(),
      members,
      nodes,
      wires,
      probes,
      layout: Object.fromEntries(Object.entries(base.layout).filter(([id]) => Object.hasOwn(nodes, id))),
    };
    return {
      class: place(same({ ...merged, layout: base.layout }, base) ? { ...base } : merged, Object.keys(base.nodes).length === 0),
      ports,
    };
  }

  private fields(): readonly Field[] {
    const { base, old, now } = this;
    const known = new Map(base.fields.map((field) => [codeName(field.name), field]));
    const before = new Map(old.fields.map((field) => [codeName(field.name), field]));
    const fields = now.fields.map((field) => {
      const [was, own] = [before.get(codeName(field.name)), known.get(codeName(field.name))];
      return was && own && same(was, field) ? own : own ? { ...field, name: own.name } : field;
    });
    return same(fields, base.fields) ? base.fields : fields;
  }

  private members(): readonly Member[] {
    const { base, old, now, merge } = this;
    const was = matchMembers(old, now, merge.typeWord);
    const own = matchMembers(base, old, merge.typeWord);
    const taken = new Set(base.members.map(({ id }) => id));
    const baseOf = (member: Member) => {
      const before = was.get(member);
      return before && own.get(before);
    };
    for (const member of now.members) {
      const id = baseOf(member)?.id ?? nextId('m', taken);
      taken.add(id);
      this.memberIds.set(member.id, id);
    }
    const merged = now.members.map((member): Member => {
      const [before, mine] = [was.get(member), baseOf(member)];
      const aliasOf = member.aliasOf === undefined ? {} : { aliasOf: this.memberIds.get(member.aliasOf)! };
      const fresh: Member = { ...member, id: this.memberIds.get(member.id)!, type: merge.typeOf(member.type), ...aliasOf };
      if (!before || !mine) return fresh;
      const { repeat: _, ...rest } = mine;
      const repeat = same(before.repeat, member.repeat) ? mine.repeat : member.repeat;
      const kept: Member = {
        ...rest,
        name: codeName(before.name) === codeName(member.name) ? mine.name : member.name,
        args: same(before.args, member.args) ? mine.args : keptArguments(mine.args, before.args, member.args),
        ...(repeat === undefined ? {} : { repeat }),
        ...aliasOf,
        ...(member.aliasOf === undefined ? {} : { type: fresh.type }),
      };
      return same(kept, mine) ? mine : kept;
    });
    return this.inOrder(
      merged,
      now.members.flatMap((member) => was.get(member)?.id ?? []),
      new Set([...own.values()].map(({ id }) => id)),
    );
  }

  /** In the order of the document where that of the code has not changed; what code leaves out stays where it is. */
  private inOrder(members: readonly Member[], before: readonly MemberId[], written: ReadonlySet<MemberId>): readonly Member[] {
    const { base, old } = this;
    const kept = base.members.filter(({ id }) => !written.has(id));
    const wasOrder = old.members.map(({ id }) => id).filter((id) => before.includes(id));
    if (!same(wasOrder, before)) return [...members, ...kept];
    const byId = new Map([...members, ...kept].map((member) => [member.id, member]));
    const result = base.members.flatMap(({ id }) => byId.get(id) ?? []);
    // A new one stands behind the one that it stands behind in the code.
    for (const [i, member] of members.entries()) {
      if (result.includes(member)) continue;
      const previous = members[i - 1];
      result.splice(previous ? result.indexOf(previous) + 1 : 0, 0, member);
    }
    return result.length === base.members.length && result.every((member, i) => member === base.members[i]) ? base.members : result;
  }

  /** The ports of a node that is bypassed: by which the value comes in, and by which it goes on. */
  private passOf(node: GraphNode): readonly [input: string, output: string] | undefined {
    if (!isBypassed(node)) return undefined;
    const [pass] = Object.entries(this.merge.instance?.nodes.get(node.id)?.passes ?? {});
    return pass && [pass[1], pass[0]];
  }

  private passedFrom = (node: GraphNode): string | undefined => {
    const pass = this.passOf(node);
    // What is looked at is a value of its own in code.
    if (pass) return graphOf(this.base).probesAt({ node: node.id, port: pass[1] }).length > 0 ? undefined : pass[0];
    return node.kind === 'op' && node.op === 'identity' && !this.written.has(node.id) ? 'x' : undefined;
  };

  private matchNodes(): void {
    const { base, old, now, merge } = this;
    const was = matchMembers(old, now, merge.typeWord);
    const own = matchMembers(base, old, merge.typeWord);
    const idOf = (pairs: ReadonlyMap<Member, Member>, of: ModelClass) => {
      const byId = new Map(of.members.map((member) => [member.id, pairs.get(member)?.id]));
      return (id: MemberId) => byId.get(id);
    };
    this.thenNodes = matchNodes(old, now, { memberBefore: idOf(was, now) });
    // Identities that code does write are nodes like others.
    const identities = Object.values(old.nodes).filter((node) => node.kind === 'op' && node.op === 'identity').length;
    if (identities > 0)
      for (const node of Object.values(base.nodes))
        if (node.kind === 'op' && node.op === 'identity' && graphOf(base).probesAt({ node: node.id, port: 'y' }).length > 0)
          this.written.add(node.id);
    const baseNodes = matchNodes(base, old, { memberBefore: idOf(own, old), passedFrom: this.passedFrom, isOwnCode: true });
    for (const [before, id] of baseNodes) {
      this.written.add(id);
      this.thenOf.set(id, before);
    }
    for (const [id, before] of this.thenNodes) if (baseNodes.has(before)) this.nodeIds.set(id, baseNodes.get(before)!);
    const taken = new Set(Object.keys(base.nodes));
    for (const { id } of graphOf(now).order.nodes.concat(Object.values(now.nodes))) {
      if (this.nodeIds.has(id)) continue;
      const fresh = nextId('n', taken);
      taken.add(fresh);
      this.nodeIds.set(id, fresh);
    }
  }

  private nodes(): { readonly nodes: Readonly<Record<NodeId, GraphNode>>; readonly ports: ReadonlyMap<string, string> } {
    const { base, old, now } = this;
    const nodes: Record<NodeId, GraphNode> = {};
    const ports = new Map<string, string>();
    for (const node of Object.values(base.nodes)) if (!this.written.has(node.id)) nodes[node.id] = node;
    for (const node of Object.values(now.nodes)) {
      const id = this.nodeIds.get(node.id)!;
      const before = old.nodes[this.thenNodes.get(node.id) ?? ''];
      const own = base.nodes[id];
      nodes[id] = mergeNode(node, id, before, own, this.memberIds);
      if (node.kind === 'input' || node.kind === 'output') ports.set(`${node.kind} ${node.name}`, (nodes[id] as typeof node).name);
    }
    // In the order of the document, so that a text compares well.
    const order = [...Object.keys(base.nodes), ...Object.keys(nodes)];
    const sorted = Object.fromEntries([...new Set(order)].flatMap((id) => (nodes[id] ? [[id, nodes[id]] as const] : [])));
    return { nodes: same(sorted, base.nodes) ? base.nodes : sorted, ports };
  }

  /** A port of `now` in the document. */
  private portNow({ node, port }: PortRef, side: 'input' | 'output'): PortRef {
    const found = this.now.nodes[node];
    const own = this.base.nodes[this.nodeIds.get(node)!];
    const pass = found?.kind === 'op' && found.op === 'identity' && own ? this.passOf(own) : undefined;
    if (pass) return { node: own!.id, port: pass[side === 'input' ? 0 : 1] };
    const member = found?.kind === 'call' ? graphOf(this.now).behind(found.member) : undefined;
    const type = member && classIdOf(member.type);
    const named = type === undefined ? undefined : this.merge.portsOf(type)?.get(`${side} ${port}`);
    return { node: this.nodeIds.get(node)!, port: named ?? port };
  }

  private wires(nodes: Readonly<Record<NodeId, GraphNode>>): Readonly<Record<string, Wire>> {
    const { base, now } = this;
    const graph = graphOf(base);
    const taken = new Set(Object.keys(base.wires));
    const wires = new Map<string, Wire>();
    const written = new Set(this.nodeIds.values());
    const wiredThen = new Set(Object.values(this.old.wires).map(({ to }) => to.node));
    const wiredNow = new Set(Object.values(now.wires).map(({ to }) => this.nodeIds.get(to.node)!));
    for (const wire of Object.values(now.wires)) {
      const [from, to] = [this.portNow(wire.from, 'output'), this.portNow(wire.to, 'input')];
      const own = graph.wireInto(to);
      // Also by way of nodes that hand it on, which code does not show.
      if (
        own &&
        Object.hasOwn(nodes, own.from.node) &&
        (isSamePort(own.from, from) || isSamePort(sourceOf(base, own.from, this.passedFrom), from))
      )
        wires.set(own.id, own);
      else {
        const id = nextId('w', taken);
        taken.add(id);
        wires.set(id, { id, from, to });
      }
    }
    for (const wire of Object.values(base.wires)) {
      if (!Object.hasOwn(nodes, wire.to.node) || !Object.hasOwn(nodes, wire.from.node)) continue;
      const before = this.thenOf.get(wire.to.node);
      // What the code of the document itself leaves out is not gone.
      const pass = this.passOf(base.nodes[wire.to.node]!);
      if (pass && wire.to.port !== pass[0]) {
        wires.set(wire.id, wire);
        continue;
      }
      const isHidden = !written.has(wire.to.node) || (before !== undefined && !wiredThen.has(before) && !wiredNow.has(wire.to.node));
      if (isHidden) wires.set(wire.id, wire);
    }
    const sorted = [
      ...Object.keys(base.wires).flatMap((id) => wires.get(id) ?? []),
      ...[...wires.values()].filter(({ id }) => !Object.hasOwn(base.wires, id)),
    ];
    const record = Object.fromEntries(sorted.map((wire) => [wire.id, wire]));
    return same(record, base.wires) ? base.wires : record;
  }

  private probes(nodes: Readonly<Record<NodeId, GraphNode>>): readonly Probe[] {
    const { base, old, now } = this;
    const key = ({ kind, name }: Probe) => `${kind} ${codeName(name)}`;
    const own = pairBy(base.probes, now.probes, [key]);
    const known = pairBy(old.probes, base.probes, [key]);
    const taken = new Set(base.probes.map(({ id }) => id));
    const probes = now.probes.map((probe): Probe => {
      const at = this.portNow(probe.at, 'output');
      const mine = own.get(probe);
      if (
        mine &&
        mine.variableType === probe.variableType &&
        (isSamePort(mine.at, at) || isSamePort(sourceOf(base, mine.at, this.passedFrom), at))
      )
        return mine;
      const id = mine?.id ?? nextId('p', taken);
      taken.add(id);
      return { ...probe, id, at };
    });
    // What code leaves out stays where its port does.
    const hidden = base.probes.filter((probe) => !known.has(probe) && !probes.includes(probe) && Object.hasOwn(nodes, probe.at.node));
    const order = new Map(base.probes.map(({ id }, i) => [id, i]));
    const all = [...probes, ...hidden];
    if (all.every(({ id }) => order.has(id))) all.sort((a, b) => order.get(a.id)! - order.get(b.id)!);
    return same(all, base.probes) ? base.probes : all;
  }
}

/** Only the arguments that code has changed: what stands in the document as a default, or otherwise written, stays so. */
function keptArguments(own: Member['args'], before: Member['args'], now: Member['args']): Member['args'] {
  const args: Record<string, Member['args'][string]> = {};
  for (const [name, value] of Object.entries(own)) if (same(before[name], now[name])) args[name] = value;
  for (const [name, value] of Object.entries(now)) if (!same(before[name], value)) args[name] = value;
  return args;
}

function mergeNode(
  node: GraphNode,
  id: NodeId,
  before: GraphNode | undefined,
  own: GraphNode | undefined,
  memberIds: ReadonlyMap<MemberId, MemberId>,
): GraphNode {
  // Code says of a node that is bypassed no more than that the value goes on.
  if (own && isBypassed(own) && node.kind === 'op' && node.op === 'identity') return own;
  const fresh = node.kind === 'call' ? { ...node, id, member: memberIds.get(node.member)! } : { ...node, id };
  if (!before || !own || own.kind !== node.kind || before.kind !== node.kind) return fresh;
  switch (node.kind) {
    case 'input':
    case 'output': {
      const [was, mine] = [before as typeof node, own as typeof node];
      const name = codeName(was.name) === codeName(node.name) ? mine.name : node.name;
      const order = was.order === node.order ? mine.order : node.order;
      if (node.kind === 'output') return name === mine.name && order === mine.order ? own : ({ ...own, name, order } as GraphNode);
      const [wasInput, mineInput] = [was as typeof node, mine as typeof node];
      const shape = same(wasInput.shape, node.shape) ? mineInput.shape : node.shape;
      const dtype = wasInput.dtype === node.dtype ? mineInput.dtype : node.dtype;
      const kept = { ...mineInput, name, order, shape, dtype };
      return same(kept, own) ? own : kept;
    }
    case 'op': {
      const [was, mine] = [before as typeof node, own as typeof node];
      if (mine.op !== node.op) return fresh;
      return same(was.args, node.args) ? mine : { ...mine, args: keptArguments(mine.args, was.args, node.args) };
    }
    case 'call': {
      const mine = own as typeof node;
      const { id: _, ...mineRest } = mine;
      const { id: __, ...freshRest } = fresh;
      return same(mineRest, freshRest) ? mine : fresh;
    }
    case 'constant':
      return same((before as typeof node).value, node.value) && (before as typeof node).dtype === node.dtype ? own : fresh;
  }
}
