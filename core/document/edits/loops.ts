/** @file Names the loop that an edit would close, so that one sees where. */
import { graphOf } from '../../graph/graph-of.ts';
import { classesUsedBy, findClass } from '../find.ts';
import type { ClassId, ModelClass, ModelDocument, NodeId } from '../schema.ts';

/** Longer loops are named by their ends. */
const MOST_NAMES = 7;

/** `linear1 → relu → linear1`: the loop that a wire from `last` to `first` closes. */
export function nameLoop(modelClass: ModelClass, first: NodeId, last: NodeId): string {
  const graph = graphOf(modelClass);
  const way = findWay(first, last, (id) => graph.outgoing(id).map(({ to }) => to.node));
  return write([...way, first].map((id) => nameOf(modelClass, id)));
}

/** `Outer → Block → Outer`: the loop that closes when `outer` comes to use `used`. */
export function nameClassLoop(document: ModelDocument, outer: ClassId, used: ClassId): string {
  const way = findWay(used, outer, (id) => {
    const modelClass = findClass(document, id);
    return modelClass ? classesUsedBy(modelClass) : [];
  });
  return write([outer, ...way].map((id) => findClass(document, id)?.name ?? id));
}

function nameOf(modelClass: ModelClass, id: NodeId): string {
  const node = graphOf(modelClass).node(id);
  if (node?.kind === 'call') return graphOf(modelClass).memberOf(node.member)?.name ?? id;
  if (node?.kind === 'op') return node.op;
  return node && 'name' in node ? node.name : id;
}

/** The shortest way from one item to another, both included. */
function findWay(from: string, to: string, next: (id: string) => readonly string[]): readonly string[] {
  const before = new Map<string, string | undefined>([[from, undefined]]);
  for (const id of before.keys()) {
    if (id === to) break;
    for (const each of next(id)) if (!before.has(each)) before.set(each, id);
  }
  const way: string[] = [];
  for (let id: string | undefined = to; id !== undefined; id = before.get(id)) way.unshift(id);
  return way;
}

function write(names: readonly string[]): string {
  const shown = names.length > MOST_NAMES ? [...names.slice(0, 3), '…', ...names.slice(-3)] : names;
  return shown.join(' → ');
}
