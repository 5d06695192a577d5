/** @file Which nodes of one graph are which of another: by what they do, with what they read, in the order in which they stand. */
import { isBypassed } from '../document/edits/bypass.ts';
import { graphOf } from '../graph/graph-of.ts';
import type { GraphNode, MemberId, ModelClass, NodeId, PortRef } from '../document/schema.ts';
import { codeName, pairBy } from './match-members.ts';

export interface MatchOptions {
  /** What a member of `after` was. */
  readonly memberBefore: (member: MemberId) => MemberId | undefined;
  /** Of a node through which a value goes as it is: the port by which it comes in. */
  readonly passedFrom?: (node: GraphNode) => string | undefined;
  /** The code of one is that of the other: inputs and outputs are told by their order, whatever they are called. */
  readonly isOwnCode?: boolean;
}

/** Follows a value back through nodes that hand it on. */
export function sourceOf(modelClass: ModelClass, at: PortRef, passedFrom: MatchOptions['passedFrom']): PortRef {
  const graph = graphOf(modelClass);
  let port = at;
  for (let steps = 0; steps < 10_000; steps++) {
    const node = graph.node(port.node);
    const by = node && passedFrom?.(node);
    const wire = by === undefined ? undefined : graph.wireInto({ node: port.node, port: by });
    if (!wire) return port;
    port = wire.from;
  }
  return port;
}

interface Port {
  readonly id: NodeId;
  readonly name: string;
}

/** By the id of a node of `after`, the id of what it was. Constants and reads that code writes where they are used may have been one. */
export function matchNodes(
  before: ModelClass,
  after: ModelClass,
  { memberBefore, passedFrom, isOwnCode = false }: MatchOptions,
): ReadonlyMap<NodeId, NodeId> {
  const [old, now] = [graphOf(before), graphOf(after)];
  const found = new Map<NodeId, NodeId>();
  const used = new Set<NodeId>();
  const pair = (node: NodeId, was: NodeId) => {
    found.set(node, was);
    used.add(was);
  };
  for (const kind of ['inputs', 'outputs'] as const) {
    const [was, is] = [[...old[kind]] as Port[], [...now[kind]] as Port[]];
    const places = new Map([...was.entries(), ...is.entries()].map(([i, each]) => [each, String(i)]));
    const keys = [(each: Port) => codeName(each.name), (each: Port) => places.get(each)];
    const pairs = pairBy(was, is, isOwnCode ? keys.slice(1) : keys);
    for (const [node, was] of pairs) pair(node.id, was.id);
  }
  const waiting = old.order.nodes.filter(({ kind }) => kind === 'call' || kind === 'op');
  const works = now.order.nodes.filter((node) => (node.kind === 'call' || node.kind === 'op') && now.incoming(node.id).length > 0);
  // First what is the same in kind, then what stands in the same place: another op between the same values.
  for (const isStrict of [true, false])
    for (const node of works) {
      if (found.has(node.id)) continue;
      let best: { readonly id: NodeId; readonly score: number } | undefined;
      for (const candidate of waiting) {
        if (used.has(candidate.id) || !(isStrict ? isAlike(candidate, node, memberBefore) : candidate.kind === node.kind)) continue;
        const score = scoreOf(candidate, node);
        if (score > (best?.score ?? (isStrict ? -1 : 5))) best = { id: candidate.id, score };
      }
      if (best) pair(node.id, best.id);
    }
  matchLeaves();
  return found;

  function scoreOf(candidate: GraphNode, node: GraphNode): number {
    const [was, is] = [old.incoming(candidate.id), now.incoming(node.id)];
    let score = was.length === is.length ? 1 : 0;
    for (const { from, to } of is) {
      const wire = was.find((each) => each.to.port === to.port);
      const source = wire && sourceOf(before, wire.from, passedFrom);
      if (!source) continue;
      if (found.get(from.node) === source.node && from.port === source.port) score += 5;
      else if (isSameLeaf(old.node(source.node), now.node(from.node))) score += 5;
    }
    for (const { to } of now.outgoing(node.id)) {
      const wire = found.has(to.node) ? old.wireInto({ node: found.get(to.node)!, port: to.port }) : undefined;
      if (wire && sourceOf(before, wire.from, passedFrom).node === candidate.id) score += 3;
    }
    if (candidate.kind === 'op' && node.kind === 'op' && JSON.stringify(candidate.args) === JSON.stringify(node.args)) score += 2;
    return score;
  }

  /** Constants and reads follow what reads them. */
  function matchLeaves(): void {
    const leaves = now.order.nodes.filter((node) => node.kind !== 'input' && now.incoming(node.id).length === 0);
    for (const leaf of leaves) {
      for (const { to } of now.outgoing(leaf.id)) {
        const wire = found.has(to.node) ? old.wireInto({ node: found.get(to.node)!, port: to.port }) : undefined;
        const source = wire && old.node(sourceOf(before, wire.from, passedFrom).node);
        if (!source || !isLeafLike(source, leaf)) continue;
        const isShared = used.has(source.id) && !isSameLeaf(source, leaf);
        if (!isShared) pair(leaf.id, source.id);
        break;
      }
      if (found.has(leaf.id) || leaf.kind === 'constant') continue;
      const free = old.order.nodes.find((each) => !used.has(each.id) && each.kind === leaf.kind && isAlike(each, leaf, memberBefore));
      if (free) pair(leaf.id, free.id);
    }
  }

  function isLeafLike(was: GraphNode, is: GraphNode): boolean {
    return was.kind === is.kind && (is.kind === 'constant' || isAlike(was, is, memberBefore));
  }
  function isSameLeaf(was: GraphNode | undefined, is: GraphNode | undefined): boolean {
    if (was?.kind === 'constant' && is?.kind === 'constant')
      return JSON.stringify([was.value, was.dtype]) === JSON.stringify([is.value, is.dtype]);
    return was?.kind === 'call' && is?.kind === 'call' && now.incoming(is.id).length === 0 && isAlike(was, is, memberBefore);
  }
}

function isAlike(was: GraphNode, is: GraphNode, memberBefore: MatchOptions['memberBefore']): boolean {
  // What is bypassed and looked at all the same is a value of its own in code.
  if (isBypassed(was)) return is.kind === 'op' && is.op === 'identity';
  if (was.kind === 'op' && is.kind === 'op') return was.op === is.op;
  if (was.kind !== 'call' || is.kind !== 'call' || memberBefore(is.member) !== was.member) return false;
  return was.item === is.item && was.method === is.method && was.variable === is.variable;
}
