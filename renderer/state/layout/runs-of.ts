/**
 * @file A graph taken apart where it is a chain: models are chains of blocks, and only what branches and joins again needs a layout of its own.
 * So ten thousand nodes are many small layouts, and rows are broken where one wire goes on.
 */

export interface Pair {
  readonly from: string;
  readonly to: string;
}

/** Nodes that are laid out at once. */
export interface Run {
  readonly ids: readonly string[];
  /** The first of them ends the run before, too: it feeds several nodes of this one, and they are laid out around its wires. */
  readonly isShared: boolean;
}

/** What is laid out at once has no more nodes: longer runs are cut where the fewest wires cross. */
const LONGEST = 160;

/** The parts that no wire connects, in the order of their first nodes. */
export function componentsOf(ids: readonly string[], pairs: readonly Pair[]): readonly (readonly string[])[] {
  const neighbours = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { from, to } of pairs) {
    neighbours.get(from)!.push(to);
    neighbours.get(to)!.push(from);
  }
  const seen = new Set<string>();
  const parts: string[][] = [];
  for (const start of ids) {
    if (seen.has(start)) continue;
    const part: string[] = [];
    const open = [start];
    seen.add(start);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      part.push(id);
      for (const next of neighbours.get(id)!) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    const members = new Set(part);
    parts.push(part.length === ids.length ? [...ids] : ids.filter((id) => members.has(id)));
  }
  return parts;
}

/** A connected graph in runs, one behind the other in the order of the flow: single nodes of a chain, and what branches between them. */
export function runsOf(ids: readonly string[], pairs: readonly Pair[]): readonly Run[] {
  const order = flowOrder(ids, pairs);
  const place = new Map(order.map((id, i) => [id, i]));
  /** How many connections pass the gap behind each place, and how many of them come from the node there. */
  const crossing = order.map(() => 0);
  const leaving = order.map(() => 0);
  /** Whether a node is connected with the next. */
  const follows = order.map(() => false);
  const distinct = new Map(pairs.map((pair) => [`${pair.from} ${pair.to}`, pair]));
  for (const { from, to } of distinct.values()) {
    const [a, b] = [place.get(from)!, place.get(to)!];
    if (b === a + 1) follows[a] = true;
    leaving[a]! += 1;
    crossing[a]! += 1;
    crossing[b]! -= 1;
  }
  for (let i = 1; i < order.length; i++) crossing[i]! += crossing[i - 1]!;
  const runs: Run[] = [];
  let [start, isShared] = [0, false];
  for (let i = 0; i < order.length; i++) {
    const isLast = i === order.length - 1;
    const isChain = crossing[i] === 1 && follows[i] === true;
    if (!isLast && !isChain && crossing[i] !== leaving[i]) continue;
    for (const end of cuts(crossing, start, i)) {
      runs.push({ ids: order.slice(start, end + 1), isShared });
      [start, isShared] = [end + 1, false];
    }
    if (!isLast && !isChain) [start, isShared] = [i, true];
  }
  return runs;
}

/** Where a run from `start` to `end` is cut, its end included: in the second half of what is laid out at once, where it is thinnest. */
function cuts(crossing: readonly number[], start: number, end: number): readonly number[] {
  const found: number[] = [];
  for (let from = start; end - from >= LONGEST; from = found.at(-1)! + 1) {
    let thinnest = from + LONGEST - 1;
    for (let i = thinnest; i >= from + LONGEST / 2; i--) if (crossing[i]! < crossing[thinnest]!) thinnest = i;
    found.push(thinnest);
  }
  return [...found, end];
}

/** Each node behind those that feed it, and close to them: what joins a chain from the side comes just before it is needed. */
function flowOrder(ids: readonly string[], pairs: readonly Pair[]): readonly string[] {
  const feeds = new Map<string, string[]>(ids.map((id) => [id, []]));
  const isFed = new Set<string>();
  for (const { from, to } of pairs) {
    feeds.get(to)!.push(from);
    isFed.add(from);
  }
  const order: string[] = [];
  const seen = new Set<string>();
  // Ends first; a graph that is damaged may be all cycle.
  for (const end of [...ids.filter((id) => !isFed.has(id)), ...ids]) {
    const open: { readonly id: string; next: number }[] = [];
    const enter = (id: string): void => {
      if (seen.has(id)) return;
      seen.add(id);
      open.push({ id, next: 0 });
    };
    enter(end);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const source = feeds.get(top.id)![top.next++];
      if (source !== undefined) enter(source);
      else order.push(open.pop()!.id);
    }
  }
  return order;
}
