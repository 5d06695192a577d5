/** @file How the values of a pass follow from each other: along wires, into the graphs of nested classes and out of them. */
import type { NodeId, Path } from '../../document/schema.ts';
import { graphOf } from '../../graph/graph-of.ts';
import type { Places } from './places.ts';

interface Value {
  readonly instance: Path;
  readonly node: NodeId;
  readonly port: string;
  readonly call: number;
}

/** Of values by their position in the pass. A value that was not seen has no way to it. */
export interface Flow {
  /** The values that this one was made from. */
  sources(value: number): readonly number[];
  /** The values that were made from this one. */
  users(value: number): readonly number[];
}

/** A call of one element of a nested class, by the node that called it. */
interface Caller {
  readonly instance: Path;
  readonly node: NodeId;
  readonly call: number;
  readonly element: number;
}

const keyOf = (instance: Path, node: NodeId, port: string, call: number): string => JSON.stringify([instance, node, port, call]);
const callKey = (instance: Path, call: number): string => JSON.stringify([instance, call]);

export function flowOf(values: readonly Value[], places: Places): Flow {
  const index = new Map(values.map(({ instance, node, port, call }, i) => [keyOf(instance, node, port, call), i]));
  const calls = callsOf(values, places);
  const sources = values.map((value) => {
    const keys = sourceKeys(value, places, calls);
    return [...new Set(keys.flatMap((key) => index.get(key) ?? []))];
  });
  const users: number[][] = values.map(() => []);
  for (const [i, list] of sources.entries()) for (const source of list) users[source]!.push(i);
  return { sources: (value) => sources[value] ?? [], users: (value) => users[value] ?? [] };
}

interface Calls {
  /** The paths and calls of the elements that a node called. */
  readonly inner: ReadonlyMap<string, readonly { readonly path: Path; readonly call: number }[]>;
  readonly callers: ReadonlyMap<string, Caller>;
}

/** A node gives its value after what it calls has run, and in the same order: the k-th value is of the k-th call. */
function callsOf(values: readonly Value[], places: Places): Calls {
  const inner = new Map<string, { readonly path: Path; readonly call: number }[]>();
  const callers = new Map<string, Caller>();
  const counts = new Map<string, number>();
  for (const { instance, node, call } of values) {
    const key = keyOf(instance, node, '', call);
    if (inner.has(key)) continue;
    const elements = elementsOf(instance, node, places).map((path, element) => {
      const nth = counts.get(JSON.stringify(path)) ?? 0;
      counts.set(JSON.stringify(path), nth + 1);
      callers.set(callKey(path, nth), { instance, node, call, element });
      return { path, call: nth };
    });
    inner.set(key, elements);
  }
  return { inner, callers };
}

/** The paths of the instances of classes that a node calls, in order; none where it calls a layer. */
function elementsOf(instance: Path, id: NodeId, places: Places): readonly Path[] {
  const used = places.instance(instance);
  const node = used?.class.nodes[id];
  const member = places.member({ instance, node: id });
  const result = used?.nodes.get(id);
  if (!used || node?.kind !== 'call' || !member || !result || result.passes) return [];
  const isList = used.members.get(member.id)?.repeat !== null && member.repeat !== undefined;
  return result.elements.map((_, i) => [...instance, member.name, ...(isList ? [(node.item ?? 0) + i] : [])]);
}

function sourceKeys({ instance, node: id, port, call }: Value, places: Places, calls: Calls): string[] {
  const used = places.instance(instance);
  const node = used?.class.nodes[id];
  if (!used || !node) return [];
  const graph = graphOf(used.class);
  if (node.kind === 'input') return inputKeys({ instance, call, name: node.name }, places, calls);
  const inner = calls.inner.get(keyOf(instance, id, '', call)) ?? [];
  if (inner.length === 0) return graph.incoming(id).map(({ from }) => keyOf(instance, from.node, from.port, call));
  const ends = node.kind === 'call' && node.collect ? inner : inner.slice(-1);
  return ends.flatMap((each) => outputKeys(each.path, each.call, port, places));
}

/** What leads to the output of this name; with one output its name does not matter. */
function outputKeys(path: Path, call: number, name: string, places: Places): string[] {
  const used = places.instance(path);
  if (!used) return [];
  const graph = graphOf(used.class);
  const outputs = graph.outputs;
  const output = outputs.find((each) => each.name === name) ?? (outputs.length === 1 ? outputs[0] : undefined);
  return output ? graph.incoming(output.id).map(({ from }) => keyOf(path, from.node, from.port, call)) : [];
}

/** What came into a nested class: from the wire of the caller, or from the item before it in a list. */
function inputKeys(
  input: { readonly instance: Path; readonly call: number; readonly name: string },
  places: Places,
  calls: Calls,
): string[] {
  const caller = calls.callers.get(callKey(input.instance, input.call));
  const used = places.instance(input.instance);
  if (!caller || !used) return [];
  const outer = places.instance(caller.instance);
  const node = outer?.class.nodes[caller.node];
  if (!outer || node?.kind !== 'call') return [];
  const isFirst = graphOf(used.class).inputs[0]?.name === input.name;
  if (isFirst && caller.element > 0 && !node.collect) {
    const before = calls.inner.get(keyOf(caller.instance, caller.node, '', caller.call))?.[caller.element - 1];
    const previous = before && places.instance(before.path);
    const [first] = previous ? graphOf(previous.class).outputs : [];
    return before && first ? outputKeys(before.path, before.call, first.name, places) : [];
  }
  return graphOf(outer.class)
    .incoming(caller.node)
    .filter(({ to }) => to.port === input.name)
    .map(({ from }) => keyOf(caller.instance, from.node, from.port, caller.call));
}
