/**
 * @file The walk over a graph after an edit of a few wires and nodes, from the one before: exactly what a walk from nothing gives. What a wire brings
 * to a walk is one run of nodes, those that were not come to before; laid or cut, it moves that run and leaves the order of all others.
 */
import { indexWires } from '../graph/wire-index.ts';
import { own } from './find.ts';
import { compareIds } from './ids.ts';
import { differences } from './records.ts';
import type { GraphNode, NodeId, Wire } from './schema.ts';
import { byPort, wiresInto, type Graph, type Walk } from './walk.ts';

/** Ids of records that may have changed. */
export interface Touched {
  readonly nodes: readonly string[];
  readonly wires: readonly string[];
}

/** More wires than these are better walked from nothing. */
const MAX_WIRES = 24;
/** So many times a node is looked for from the front before the places of all are written down. */
const MAX_SEARCHES = 12;

/** Undefined where the graph must be walked from nothing: for cycles, for inputs and outputs that come or go, and for much at once. */
export function walkAfterEdit(before: Graph, walk: Walk, now: Graph, touched: Touched): Walk | undefined {
  if (walk.stuck.length > 0 || touched.wires.length > MAX_WIRES) return undefined;
  const changing = new Changing(before, walk, now);
  return changing.to(touched) ? changing.walk : undefined;
}

class Changing {
  private nodes: GraphNode[];
  private sizes: number[];
  private main: number;
  /** The wires into nodes as of now, for those that differ from what they will be. */
  private readonly lists = new Map<NodeId, readonly Wire[]>();
  private readonly cut = new Set<Wire>();
  private places: ReadonlyMap<NodeId, number> | undefined;
  private searches = 0;

  constructor(
    private readonly before: Graph,
    walk: Walk,
    private readonly now: Graph,
  ) {
    this.nodes = [...walk.nodes];
    this.sizes = [...walk.sizes];
    this.main = walk.main;
  }

  get walk(): Walk {
    return { nodes: this.nodes, stuck: [], sizes: this.sizes, main: this.main };
  }

  to({ nodes, wires }: Touched): boolean {
    const { before, now } = this;
    const changes = differences(before.wires, now.wires, wires);
    const gone = changes.gone.filter((wire) => isBetween(before, wire));
    const come = changes.come.filter((wire) => isBetween(now, wire));
    for (const { to } of gone) this.lists.set(to.node, wiresInto(before, to.node));
    for (const { to } of come) if (own(before.nodes, to.node)) this.lists.set(to.node, wiresInto(before, to.node));
    return (
      gone.every((wire) => this.removeWire(wire)) && nodes.every((id) => this.changeNode(id)) && come.every((wire) => this.addWire(wire))
    );
  }

  private changeNode(id: NodeId): boolean {
    const [was, is] = [own(this.before.nodes, id), own(this.now.nodes, id)];
    if (was === is) return true;
    if (was && is) {
      if (!isPlacedAlike(was, is)) return false;
      this.nodes[this.placeOf(id)] = is;
      return true;
    }
    const { kind } = (was ?? is)!;
    // With wires that the edit has left to nowhere, or finds there, it is one of damaged documents.
    if (kind === 'input' || kind === 'output' || isWired(was ? this.now : this.before, id)) return false;
    this.places = undefined;
    if (is) {
      if (is.id !== id) return false;
      const at = this.placeAmongOthers(id);
      this.nodes.splice(at, 0, is);
      this.sizes.splice(at, 0, 1);
      this.lists.set(id, []);
      return true;
    }
    const at = this.placeOf(id);
    if (at < this.main || this.sizes[at] !== 1) return false;
    this.nodes.splice(at, 1);
    this.sizes.splice(at, 1);
    this.places = undefined;
    return true;
  }

  /** Before the first run of the others that was come to from a larger id. */
  private placeAmongOthers(id: NodeId): number {
    let end = this.nodes.length;
    while (end > this.main && compareIds(this.nodes[end - 1]!.id, id) > 0) end -= this.sizes[end - 1]!;
    return end;
  }

  private removeWire(wire: Wire): boolean {
    const [source, target] = [wire.from.node, wire.to.node];
    const list = this.into(target);
    const index = list.indexOf(wire);
    const from = this.countBefore(target, list, index);
    const at = this.placeOf(source);
    this.lists.set(target, list.toSpliced(index, 1));
    this.cut.add(wire);
    // It was come to by another way.
    if (at < from) return true;
    if (this.placeOf(target) >= this.main) return this.walkOthers([]);
    const length = at - from + 1;
    // Most of the graph is to be walked.
    if (length > 64 && length > this.nodes.length / 4) return false;
    const run = this.nodes.slice(from, at + 1);
    const later = this.wiresOutOf(run);
    if (later.length > MAX_WIRES) return false;
    for (const { to } of later) this.lists.set(to.node, this.into(to.node));
    for (const each of later) this.lists.set(each.to.node, without(this.lists.get(each.to.node)!, each));
    this.nodes.splice(from, length);
    this.sizes.splice(from, length);
    this.main -= length;
    this.places = undefined;
    for (let i = from; i < this.main; i++) if (i - this.sizes[i]! + length + 1 <= from) this.sizes[i]! -= length;
    // Now nothing leads to an output from there; then the ways on which it will be come to instead are laid again.
    return this.walkOthers(run) && later.every((each) => this.addWire(each));
  }

  /** Where the run goes on to what the inputs and outputs have been come to from, the wires that are cut apart. */
  private wiresOutOf(run: readonly GraphNode[]): readonly Wire[] {
    const ids = new Set(run.map(({ id }) => id));
    const { outgoing } = indexWires(this.before.wires);
    return run.flatMap(({ id }) =>
      (outgoing.get(id) ?? []).filter((wire) => {
        if (ids.has(wire.to.node) || this.cut.has(wire) || !own(this.before.nodes, wire.to.node)) return false;
        return this.placeOf(wire.to.node) < this.main;
      }),
    );
  }

  /** The order of what leads to no output, with these besides. */
  private walkOthers(more: readonly GraphNode[]): boolean {
    const open = new Map([...more, ...this.nodes.slice(this.main)].map((node) => [node.id, node]));
    this.nodes.length = this.main;
    this.sizes.length = this.main;
    this.places = undefined;
    for (const id of [...open.keys()].sort(compareIds)) {
      const found = this.walkFrom(id, (each) => open.has(each));
      for (const each of found.ids) {
        this.nodes.push(open.get(each)!);
        open.delete(each);
      }
      this.sizes.push(...found.sizes);
    }
    return true;
  }

  private addWire(wire: Wire): boolean {
    const [source, target] = [wire.from.node, wire.to.node];
    const list = [...this.into(target), wire].sort(byPort);
    const from = this.countBefore(target, list, list.indexOf(wire));
    this.lists.set(target, list);
    const last = this.placeOf(target);
    // It has been come to already.
    if (this.placeOf(source) < from) return true;
    const { ids, sizes } = this.walkFrom(source, (id) => this.placeOf(id) >= from);
    const run = new Set(ids);
    if (run.has(target)) return false;
    const found = ids.map((id) => this.nodes[this.placeOf(id)]!);
    const first = last - this.sizes[last]! + 1;
    const kept: GraphNode[] = [];
    const keptSizes: number[] = [];
    /** Of those of the run, how many were before a place. */
    const counts = [0];
    for (let i = from; i < this.nodes.length; i++) {
      const node = this.nodes[i]!;
      const isMoved = run.has(node.id);
      counts.push(counts[i - from]! + Number(isMoved));
      if (isMoved) continue;
      const size = this.sizes[i]!;
      const begin = i - size + 1;
      const lost = counts[i - from + 1]! - counts[Math.max(0, begin - from)]!;
      const isOpen = begin <= first && i >= last;
      kept.push(node);
      keptSizes.push(size - lost + (isOpen ? ids.length : 0));
    }
    if (last < this.main) this.main += counts.at(-1)! - counts[this.main - from]!;
    this.nodes = [...this.nodes.slice(0, from), ...found, ...kept];
    this.sizes = [...this.sizes.slice(0, from), ...sizes, ...keptSizes];
    this.places = undefined;
    return true;
  }

  /** How many nodes have been come to and left when the walk comes to one of the wires into a node. */
  private countBefore(target: NodeId, list: readonly Wire[], index: number): number {
    const at = this.placeOf(target);
    let count = at - this.sizes[at]! + 1;
    for (let i = 0; i < index; i++) count = Math.max(count, this.placeOf(list[i]!.from.node) + 1);
    return count;
  }

  private walkFrom(start: NodeId, isOpen: (id: NodeId) => boolean): { readonly ids: readonly NodeId[]; readonly sizes: readonly number[] } {
    const ids: NodeId[] = [];
    const sizes: number[] = [];
    const seen = new Set<NodeId>();
    const path: { readonly id: NodeId; readonly wires: readonly Wire[]; readonly before: number; next: number }[] = [];
    const enter = (id: NodeId): void => {
      if (seen.has(id) || !isOpen(id)) return;
      seen.add(id);
      path.push({ id, wires: this.into(id), before: ids.length, next: 0 });
    };
    enter(start);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const wire = top.wires[top.next++];
      if (wire) {
        enter(wire.from.node);
        continue;
      }
      path.pop();
      ids.push(top.id);
      sizes.push(ids.length - top.before);
    }
    return { ids, sizes };
  }

  private into(id: NodeId): readonly Wire[] {
    return this.lists.get(id) ?? wiresInto(this.now, id);
  }

  private placeOf(id: NodeId): number {
    if (!this.places && ++this.searches % MAX_SEARCHES === 0) this.places = new Map(this.nodes.map((node, i) => [node.id, i]));
    return this.places ? this.places.get(id)! : this.nodes.findIndex((node) => node.id === id);
  }
}

function isBetween({ nodes }: Graph, { from, to }: Wire): boolean {
  return Object.hasOwn(nodes, from.node) && Object.hasOwn(nodes, to.node);
}

function isWired({ wires }: Graph, id: NodeId): boolean {
  const { incoming, outgoing } = indexWires(wires);
  return (incoming.get(id)?.length ?? 0) + (outgoing.get(id)?.length ?? 0) > 0;
}

/** Whether the order is the same for two records of one node: it hangs on ids, and on the places of inputs and outputs. */
export function isPlacedAlike(a: GraphNode, b: GraphNode): boolean {
  if (a.kind !== b.kind || a.id !== b.id) return false;
  return !('order' in a && 'order' in b) || a.order === b.order;
}

function without(list: readonly Wire[], wire: Wire): readonly Wire[] {
  return list.filter((each) => each !== wire);
}
