/**
 * @file What is asked of one class, answered from an index: who feeds whom, members, names, order. Made once for each class and
 * remembered by the identity of its parts, so that no question is a search over all nodes or wires.
 */
import { own } from '../document/find.ts';
import { compareIds } from '../document/ids.ts';
import { inputNodes, orderNodes, outputNodes, type NodeOrder } from '../document/order.ts';
import type {
  CallNode,
  GraphNode,
  InputNode,
  Member,
  MemberId,
  ModelClass,
  NodeId,
  OutputNode,
  PortRef,
  Probe,
  Wire,
} from '../document/schema.ts';
import { indexCalls, type CallIndex } from './call-index.ts';
import { indexMembers, type MemberIndex } from './member-index.ts';
import { usefulNodes } from './useful.ts';
import { indexWires, type WireIndex } from './wire-index.ts';

/** The parts of a class that its index answers for. */
export type GraphParts = Pick<ModelClass, 'nodes' | 'wires' | 'members' | 'probes'>;

const NONE: readonly never[] = [];

/** The answers about one class. Unknown ids have none: damaged documents are asked, too. */
export class GraphIndex {
  private readonly members: MemberIndex;
  private readonly callsThroughAliases = new Map<MemberId, readonly CallNode[]>();
  private wireIndex: WireIndex | undefined;
  private callIndex: CallIndex | undefined;
  private shared: readonly MemberId[] | undefined;
  private probed: ReadonlyMap<NodeId, readonly Probe[]> | undefined;

  constructor(readonly parts: GraphParts) {
    this.members = indexMembers(parts.members);
  }

  node(id: NodeId): GraphNode | undefined {
    return own(this.parts.nodes, id);
  }

  memberOf(id: MemberId): Member | undefined {
    return this.members.byId.get(id);
  }

  /** The member behind a chain of aliases; undefined if the chain leads nowhere or round in a circle. */
  behind(id: MemberId): Member | undefined {
    return this.members.behind(id);
  }

  private get links(): WireIndex {
    return (this.wireIndex ??= indexWires(this.parts.wires));
  }

  private get calls(): CallIndex {
    return (this.callIndex ??= indexCalls(this.parts.nodes));
  }

  /** The calls of the member behind `id`, under whichever alias they name it, by node id. */
  callsOf(id: MemberId): readonly CallNode[] {
    const target = this.behind(id)?.id;
    if (target === undefined) return NONE;
    const { byName } = this.calls;
    const aliases = this.members.aliasesOf(target);
    if (aliases.length === 0) return byName.get(target) ?? NONE;
    let calls = this.callsThroughAliases.get(target);
    if (!calls) {
      calls = [target, ...aliases].flatMap((name) => byName.get(name) ?? NONE).sort((a, b) => compareIds(a.id, b.id));
      this.callsThroughAliases.set(target, calls);
    }
    return calls;
  }

  /** Members that several nodes call: one Module with one set of weights. */
  get sharedMembers(): readonly MemberId[] {
    if (this.shared) return this.shared;
    const { several } = this.calls;
    const targets = new Set([...several, ...this.members.aliased].map((id) => this.behind(id)?.id));
    return (this.shared = [...targets].filter((id) => id !== undefined).filter((id) => this.callsOf(id).length > 1));
  }

  /** The wires into a node, by id. */
  incoming(node: NodeId): readonly Wire[] {
    return this.links.incoming.get(node) ?? NONE;
  }

  /** The wires out of a node, by id. */
  outgoing(node: NodeId): readonly Wire[] {
    return this.links.outgoing.get(node) ?? NONE;
  }

  /** The wire that ends in an input port. Where several do (a damaged file), the first by id, as in the live model. */
  wireInto(to: PortRef): Wire | undefined {
    return this.incoming(to.node).find((wire) => wire.to.port === to.port);
  }

  /** The probes on a port that a value leaves, perturbations before sows, so that what is sown is what goes on. */
  probesAt(from: PortRef): readonly Probe[] {
    return (
      this.probesByNode()
        .get(from.node)
        ?.filter((probe) => probe.at.port === from.port) ?? NONE
    );
  }

  /** The inputs in the order of arguments. */
  get inputs(): readonly InputNode[] {
    return inputNodes(this.parts);
  }

  /** The outputs in the order of results. */
  get outputs(): readonly OutputNode[] {
    return outputNodes(this.parts);
  }

  /** The order in which the nodes run. */
  get order(): NodeOrder {
    return orderNodes(this.parts);
  }

  /**
   * Whether a value can flow from one node to another along wires; a node reaches itself. Looked for from both ends in turn: where there is no way,
   * one of them has seldom much behind it.
   */
  reaches(from: NodeId, to: NodeId): boolean {
    if (from === to) return true;
    const down = { seen: new Set([from]), waiting: [from] };
    const up = { seen: new Set([to]), waiting: [to] };
    for (;;) {
      const source = down.waiting.pop();
      const target = up.waiting.pop();
      if (source === undefined || target === undefined) return false;
      for (const wire of this.outgoing(source)) {
        if (up.seen.has(wire.to.node)) return true;
        enter(down, wire.to.node);
      }
      for (const wire of this.incoming(target)) {
        if (down.seen.has(wire.from.node)) return true;
        enter(up, wire.from.node);
      }
    }
  }

  /** The nodes from which an output or a probe can be reached. */
  get usefulNodes(): ReadonlySet<NodeId> {
    return usefulNodes(this.parts);
  }

  private probesByNode(): ReadonlyMap<NodeId, readonly Probe[]> {
    const { probes } = this.parts;
    const ordered = [...probes.filter((probe) => probe.kind === 'perturb'), ...probes.filter((probe) => probe.kind === 'sow')];
    return (this.probed ??= groupBy(
      ordered,
      (probe) => probe.at.node,
      (probe) => probe,
    ));
  }
}

const indexes = new WeakMap<ModelClass['nodes'], GraphIndex>();

/** The index of a class, remembered as long as none of its nodes, wires, members and probes changes. Layout, names and fields do not count. */
export function graphOf(modelClass: GraphParts): GraphIndex {
  const { nodes, wires, members, probes } = modelClass;
  const known = indexes.get(nodes);
  if (known && known.parts.wires === wires && known.parts.members === members && known.parts.probes === probes) return known;
  const index = new GraphIndex({ nodes, wires, members, probes });
  indexes.set(nodes, index);
  return index;
}

function enter({ seen, waiting }: { readonly seen: Set<NodeId>; readonly waiting: NodeId[] }, node: NodeId): void {
  if (seen.has(node)) return;
  seen.add(node);
  waiting.push(node);
}

/** The items by a key, each list in the order of the items. */
export function groupBy<T, K, V>(items: Iterable<T>, keyOf: (item: T) => K, valueOf: (item: T) => V): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(valueOf(item));
    else groups.set(key, [valueOf(item)]);
  }
  return groups;
}
