/** @file Blocks that are alike and stand in a row, one behind the other: what a list would say in one box. */
import { isBypassed } from '../document/edits/bypass.ts';
import type { Row } from '../document/edits/fold.ts';
import { classIdOf, findClass } from '../document/find.ts';
import { keysOf } from '../document/records.ts';
import type { GraphNode, Member, MemberId, ModelClass, ModelDocument, NodeId } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import type { Instance } from './instance.ts';
import { nodePorts } from './ports.ts';

export interface AlikeRow extends Row {
  readonly count: number;
  /** What one block is: `Block`, or `Linear, relu`. */
  readonly title: string;
  /** As a list, its Modules draw the same random numbers from the same seed: fresh weights stay what they are. */
  readonly keepsDraws: boolean;
}

/** So many in a row are worth a list. */
const LEAST = 3;
/** Nodes of the longest block that is looked for. */
const LONGEST = 8;

/** All rows of a class as it is used in one place, in the order of its nodes. */
export function alikeRows(document: ModelDocument, instance: Instance): readonly AlikeRow[] {
  const links = new Links(document, instance);
  return keysOf(instance.class.nodes).flatMap((id) => (links.before(id) === undefined ? rowsOf(links, links.chainFrom(id)) : []));
}

/** The row that a node is part of; undefined where there is none, or where more than `most` nodes would have to be looked at. */
export function alikeRowAt(document: ModelDocument, instance: Instance, node: NodeId, most = Infinity): AlikeRow | undefined {
  const links = new Links(document, instance);
  let start = node;
  let steps = 0;
  for (let before = links.before(start); before !== undefined; before = links.before(start)) {
    start = before;
    if (++steps > most) return undefined;
  }
  const chain = links.chainFrom(start, most);
  return chain.length > most ? undefined : rowsOf(links, chain).find(({ nodes }) => nodes.includes(node));
}

/** Which nodes hang together so that one is all that the other's result is for. */
class Links {
  private readonly graph;
  private readonly modelClass: ModelClass;
  private readonly aliased: ReadonlySet<MemberId | undefined>;
  private places: ReadonlyMap<MemberId, number> | undefined;

  constructor(
    readonly document: ModelDocument,
    private readonly instance: Instance,
  ) {
    this.modelClass = findClass(document, instance.class.id) ?? instance.class;
    this.graph = graphOf(this.modelClass);
    this.aliased = new Set(this.modelClass.members.map(({ aliasOf }) => aliasOf));
  }

  chainFrom(start: NodeId, most = Infinity): readonly NodeId[] {
    const chain = [start];
    for (let next = this.after(start); next !== undefined && chain.length <= most; next = this.after(next)) chain.push(next);
    return chain;
  }

  /** The node that alone takes the one result of another, by its first port. */
  after(id: NodeId): NodeId | undefined {
    const [wire, ...others] = this.graph.outgoing(id);
    if (!wire || others.length > 0 || this.graph.probesAt(wire.from).length > 0) return undefined;
    return this.isLinked(id) && this.isLinked(wire.to.node) && this.firstPort(wire.to.node) === wire.to.port ? wire.to.node : undefined;
  }

  before(id: NodeId): NodeId | undefined {
    const port = this.firstPort(id);
    const from = port === undefined ? undefined : this.graph.wireInto({ node: id, port })?.from.node;
    return from !== undefined && this.after(from) === id ? from : undefined;
  }

  private ports(id: NodeId) {
    return nodePorts(this.document, this.modelClass.id, id, this.instance.scope);
  }

  private firstPort(id: NodeId): string | undefined {
    return Object.keys(this.ports(id)?.inputs ?? {})[0];
  }

  /** Whether it can be part of a block: an op, or the one call of a member of its own. */
  private isLinked(id: NodeId): boolean {
    const node = this.graph.node(id);
    if (!node || isBypassed(node) || Object.keys(this.ports(id)?.outputs ?? {}).length !== 1) return false;
    return node.kind === 'op' || this.memberOf(node) !== undefined;
  }

  memberOf(node: GraphNode | undefined): Member | undefined {
    if (node?.kind !== 'call' || node.method !== undefined || node.variable !== undefined) return undefined;
    const member = this.graph.memberOf(node.member);
    if (!member || member.aliasOf !== undefined || member.repeat !== undefined) return undefined;
    return this.aliased.has(member.id) || this.graph.callsOf(member.id).length > 1 ? undefined : member;
  }

  node(id: NodeId): GraphNode | undefined {
    return this.graph.node(id);
  }

  /** Where its member is constructed. */
  indexOf(id: NodeId): readonly number[] {
    const member = this.memberOf(this.node(id));
    this.places ??= new Map(this.modelClass.members.map((each, i) => [each.id, i]));
    return member ? [this.places.get(member.id)!] : [];
  }

  titleOf(id: NodeId): string {
    const node = this.node(id);
    if (node?.kind === 'op') return node.op;
    const type = this.memberOf(node)?.type ?? '';
    return findClass(this.document, classIdOf(type) ?? '')?.name ?? type;
  }

  /** Equal for nodes that compute the same of inputs alike, but for their weights; undefined where not all of it is known. */
  signOf(id: NodeId): string | undefined {
    const node = this.node(id);
    const known = this.instance.nodes.get(id);
    const first = this.firstPort(id);
    const came = first === undefined ? undefined : known?.inputs[first];
    if (!node || !known || !came || known.problems.some(({ severity }) => severity === 'error')) return undefined;
    const others = this.graph.incoming(id).flatMap(({ from, to }) => (to.port === first ? [] : [[to.port, from.node, from.port]]));
    const member = this.memberOf(node);
    const made = member && this.instance.members.get(member.id);
    if (member && !made?.isComplete) return undefined;
    const what = node.kind === 'op' ? [node.op, sorted(node.args)] : [member?.type, sorted(member?.args ?? {}), sorted(made?.args ?? {})];
    return JSON.stringify([what, came.shape, came.dtype, others.sort()]);
  }
}

function sorted(record: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function rowsOf(links: Links, chain: readonly NodeId[]): readonly AlikeRow[] {
  if (chain.length < LEAST) return [];
  const signs = chain.map((id) => links.signOf(id));
  const rows: AlikeRow[] = [];
  for (let at = 0; at < chain.length;) {
    const best = longestAt(links, chain, signs, at);
    if (best) rows.push(best);
    at += best?.nodes.length ?? 1;
  }
  return rows;
}

/** The row that begins there and holds the most nodes; of equal ones that of the shortest blocks. A block begins with a call. */
function longestAt(links: Links, chain: readonly NodeId[], signs: readonly (string | undefined)[], at: number): AlikeRow | undefined {
  if (links.node(chain[at]!)?.kind !== 'call') return undefined;
  let [period, count] = [0, 0];
  for (let length = 1; length <= LONGEST; length++) {
    let end = at;
    while (end < chain.length && signs[end] !== undefined && signs[end] === signs[end < at + length ? end : end - length]) end++;
    const blocks = Math.floor((end - at) / length);
    if (blocks >= LEAST && blocks * length > period * count) [period, count] = [length, blocks];
  }
  if (count === 0) return undefined;
  const nodes = chain.slice(at, at + period * count);
  const first = nodes.slice(0, period);
  return { nodes, period, count, title: first.map((id) => links.titleOf(id)).join(', '), keepsDraws: keepsDraws(links, nodes, period) };
}

/** Whether the members are constructed block by block, each in the order of the first, with nothing in between. */
function keepsDraws(links: Links, nodes: readonly NodeId[], period: number): boolean {
  const places = nodes.map((id) => links.indexOf(id));
  const order = Array.from({ length: period }, (_, i) => i).sort((a, b) => (places[a]![0] ?? 0) - (places[b]![0] ?? 0));
  const built = Array.from({ length: nodes.length / period }, (_, block) => order.flatMap((i) => places[block * period + i]!)).flat();
  return built.every((place, i) => place === built[0]! + i);
}
