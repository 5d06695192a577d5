/** @file The automatic layout: a graph in, a place for each node out. What branches is laid out by an engine, run by run. */
import type { LaidGraph, LaidNode, LaidWire, Spot } from './graph.ts';
import { gapFor } from './graph.ts';
import { inRows, type Block } from './rows.ts';
import { componentsOf, runsOf, type Run } from './runs-of.ts';

/** Lays out a graph that branches: a place for each node, from the corner of the whole. */
export type LayOut = (graph: LaidGraph) => Promise<ReadonlyMap<string, Spot>>;

export interface ArrangeOptions {
  readonly layOut: LayOut;
  /** So many of all nodes have a place. */
  readonly onProgress?: (done: number, of: number) => void;
  /** Throws its reason where the work is given up. */
  readonly signal?: AbortSignal;
}

/** The place of every node, from the corner of the whole. */
export async function arrange(graph: LaidGraph, { layOut, onProgress, signal }: ArrangeOptions): Promise<ReadonlyMap<string, Spot>> {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const wires = graph.wires.filter(({ from, to }) => byId.has(from.node) && byId.has(to.node));
  const pairs = wires.map(({ from, to }) => ({ from: from.node, to: to.node }));
  const into = groupBy(wires, ({ to }) => to.node);
  const layOutAlike = remembering(layOut);
  const places = new Map<string, Spot>();
  const alone: Block[] = [];
  let top = 0;
  const add = (blocks: readonly Block[]): void => {
    const { spots, size } = inRows(blocks, graph.lane);
    for (const [id, at] of spots) places.set(id, { along: at.along, across: at.across + top });
    if (blocks.length > 0) top += size.across + 2 * graph.lane;
  };
  const components = componentsOf([...byId.keys()], pairs);
  const pairsOf = splitBy(components, pairs);
  for (const [i, ids] of components.entries()) {
    if (ids.length === 1) {
      alone.push(single(byId.get(ids[0]!)!, graph.lane));
      continue;
    }
    const blocks: Block[] = [];
    for (const run of runsOf(ids, pairsOf[i]!)) {
      signal?.throwIfAborted();
      const nodes = run.ids.map((id) => byId.get(id)!);
      const entering = into.get(run.ids[0]!) ?? [];
      if (nodes.length === 1) blocks.push(single(nodes[0]!, gapFor(entering), entering[0]));
      else blocks.push(await branching({ nodes, lane: graph.lane }, run, into, layOutAlike));
      onProgress?.(places.size + blocks.reduce((sum, { spots }) => sum + spots.length, 0), byId.size);
    }
    add(blocks);
  }
  add(alone);
  return places;
}

/** One node of a chain: the wire comes in at its port, and goes out at the first. */
function single(node: LaidNode, gap: number, entering?: LaidWire): Block {
  const entry = node.inputs.find(({ name }) => name === entering?.to.port) ?? node.inputs[0];
  const exit = node.outputs[0];
  return {
    along: node.along,
    across: node.across,
    spots: [[node.id, { along: 0, across: 0 }]],
    entry: entry?.at ?? exit?.at ?? 0,
    exit: exit?.at ?? entry?.at ?? 0,
    gap,
  };
}

async function branching(
  { nodes, lane }: Pick<LaidGraph, 'nodes' | 'lane'>,
  { ids, isShared }: Run,
  into: ReadonlyMap<string, readonly LaidWire[]>,
  layOut: LayOut,
): Promise<Block> {
  const inner = new Set(ids);
  const wires = ids.flatMap((id) => into.get(id) ?? []).filter(({ from }) => inner.has(from.node));
  const laid = await layOut({ nodes, wires, lane });
  const [first, last] = [nodes[0]!, nodes.at(-1)!];
  const start = laid.get(first.id)!;
  // What the run before has placed already stands outside.
  const own = isShared ? nodes.slice(1) : nodes;
  const least = (of: keyof Spot) => own.reduce((value, { id }) => Math.min(value, laid.get(id)![of]), Infinity);
  const corner = { along: least('along'), across: least('across') };
  let [along, across] = [0, 0];
  const spots = own.map((node) => {
    const at = laid.get(node.id)!;
    const spot = { along: at.along - corner.along, across: at.across - corner.across };
    along = Math.max(along, spot.along + node.along);
    across = Math.max(across, spot.across + node.across);
    return [node.id, spot] as const;
  });
  const entering = (into.get(first.id) ?? []).filter(({ from }) => !inner.has(from.node));
  return {
    along,
    across,
    spots,
    entry: start.across - corner.across + ((isShared ? first.outputs : first.inputs)[0]?.at ?? 0),
    exit: laid.get(last.id)!.across - corner.across + (last.outputs[0]?.at ?? 0),
    gap: isShared ? Math.max(gapFor([]), corner.along - start.along - first.along) : gapFor(entering),
  };
}

/** Blocks that are built alike, as in a deep network, are laid out once. */
function remembering(layOut: LayOut): LayOut {
  const known = new Map<string, Promise<readonly Spot[]>>();
  return async ({ nodes, wires, lane }) => {
    const number = new Map(nodes.map(({ id }, i) => [id, i]));
    const key = JSON.stringify([
      nodes.map(({ along, across, inputs, outputs }) => [along, across, inputs, outputs]),
      wires.map(({ from, to, label }) => [number.get(from.node), from.port, number.get(to.node), to.port, label]),
    ]);
    let spots = known.get(key);
    if (!spots) {
      spots = layOut({ nodes, wires, lane }).then((found) => nodes.map(({ id }) => found.get(id)!));
      known.set(key, spots);
    }
    const found = await spots;
    return new Map(nodes.map(({ id }, i) => [id, found[i]!]));
  };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function splitBy<T extends { readonly from: string }>(parts: readonly (readonly string[])[], items: readonly T[]): readonly T[][] {
  const partOf = new Map(parts.flatMap((ids, i) => ids.map((id) => [id, i] as const)));
  const split: T[][] = parts.map(() => []);
  for (const item of items) split[partOf.get(item.from)!]!.push(item);
  return split;
}
