/**
 * @file What a pass through a use of a class costs before it is built: products, and the numbers that are kept from the forward pass to the
 * backward one. Parameters are counted in `count.ts`.
 */
import { isBypassed } from '../document/edits/bypass.ts';
import { classIdOf } from '../document/find.ts';
import type { MemberId, NodeId } from '../document/schema.ts';
import type { Steps } from '../document/steps.ts';
import { graphOf } from '../graph/graph-of.ts';
import { findDescriptor } from '../registry.gen.ts';
import { elements, evaluateDim, namesIn, type Args, type ArgsOf, type CallCost, type Descriptor, type ParamSpecs } from '../spec/index.ts';
import { countAll, isVariableType } from './count.ts';
import type { Instance, MaybeSpecs, NodeResult } from './instance.ts';
import { usedLayer } from './member-use.ts';
import { countParameters } from './parameters.ts';

/** How long an axis is that has a name, such as `batch`. */
export type Sizes = ReadonlyMap<string, number>;

export interface Cost {
  /** Multiplications, each with its addition, of products of matrices and convolutions in one forward pass. */
  readonly multiplyAdds: number;
  /** Elements of the values that leave nodes, and of those inside layers, that the backward pass needs. Four bytes each. */
  readonly activations: number;
  /** Calls of which nothing is known, since a shape is missing: the sums are without them. */
  readonly unknown: number;
}

const NOTHING: Cost = { multiplyAdds: 0, activations: 0, unknown: 0 };
const UNKNOWN: Cost = { multiplyAdds: 0, activations: 0, unknown: 1 };

export function addCosts(costs: Iterable<Cost>): Cost {
  let [multiplyAdds, activations, unknown] = [0, 0, 0];
  for (const cost of costs) {
    multiplyAdds += cost.multiplyAdds;
    activations += cost.activations;
    unknown += cost.unknown;
  }
  return { multiplyAdds, activations, unknown };
}

const byInstance = new WeakMap<Instance, WeakMap<Sizes, Cost>>();

/** One pass through the graph of a class. Remembered: equal uses are one object. */
export function costOf(instance: Instance, sizes: Sizes): Cost {
  let known = byInstance.get(instance);
  if (!known) byInstance.set(instance, (known = new WeakMap()));
  let cost = known.get(sizes);
  if (!cost) {
    known.set(sizes, (cost = addCosts([...instance.nodes.keys()].map((node) => costOfNode(instance, node, sizes)))));
  }
  return cost;
}

/** Nodes between two pauses: about a millisecond. */
const NODES_OF_A_STEP = 400;

/** Makes `costOf` an answer that is known, with pauses. Classes within are counted at once: begin with them. */
export function* costInSteps(instance: Instance, sizes: Sizes): Steps<void> {
  if (byInstance.get(instance)?.has(sizes)) return;
  let count = 0;
  for (const node of instance.nodes.keys()) {
    // What is counted of a node is remembered.
    costOfNode(instance, node, sizes);
    if (++count % NODES_OF_A_STEP === 0) yield;
  }
  costOf(instance, sizes);
}

/** One node: an op, or the calls of all elements of a member. */
export function costOfNode(instance: Instance, id: NodeId, sizes: Sizes): Cost {
  const node = instance.class.nodes[id];
  const result = instance.nodes.get(id);
  if (!node || !result || isBypassed(node)) return NOTHING;
  if (node.kind === 'op') return costOfCall(findDescriptor(node.op), result, result.args, sizes);
  if (node.kind !== 'call') return NOTHING;
  return addCosts(costsOfElements(instance, id, sizes));
}

/** The calls of the elements of a member by one node; of a single Module one. */
function costsOfElements(instance: Instance, id: NodeId, sizes: Sizes): readonly Cost[] {
  const node = instance.class.nodes[id];
  const result = instance.nodes.get(id);
  const member = node?.kind === 'call' ? graphOf(instance.class).behind(node.member) : undefined;
  const known = member && instance.members.get(member.id);
  if (!node || !result || !known || isBypassed(node)) return [];
  if (classIdOf(known.type) !== undefined) {
    const costs = result.elements.map((element) => costOf(element, sizes));
    const before = node.kind === 'call' ? (node.item ?? 0) : 0;
    return [...Array.from({ length: before }, () => addCosts([])), ...costs];
  }
  // What is read is there already.
  if (node.kind !== 'call' || node.variable !== undefined || isVariableType(known.type)) return [];
  const layer = findDescriptor(known.type);
  const one = costOfCall(layer?.kind === 'layer' ? usedLayer(layer, node) : layer, result, known.args, sizes);
  if (known.repeat === null) return [one];
  const items = Array.from({ length: known.repeat }, (_, i) => i);
  // Only the one that is used costs something; it keeps its place.
  const nothing = addCosts([]);
  return items.map((i) => (node.item === undefined || node.item === i ? one : nothing));
}

/** What all calls of a member cost in one pass, element by element. */
export function costsOfMember(instance: Instance, member: MemberId, sizes: Sizes): readonly Cost[] {
  const calls = graphOf(instance.class)
    .callsOf(member)
    .map(({ id }) => costsOfElements(instance, id, sizes));
  const length = Math.max(0, ...calls.map((costs) => costs.length));
  return Array.from({ length }, (_, i) => addCosts(calls.flatMap((costs) => costs.slice(i, i + 1))));
}

interface Latest {
  readonly args: Args | undefined;
  readonly sizes: Sizes;
  readonly cost: Cost;
}

/** What is known of a node stays the same object over edits that do not reach it: it is counted once. */
const latest = new WeakMap<NodeResult, Latest>();

function costOfCall(descriptor: Descriptor | undefined, result: NodeResult, args: Args | undefined, sizes: Sizes): Cost {
  const known = latest.get(result);
  if (known && known.args === args && known.sizes === sizes) return known.cost;
  const cost = measure(descriptor, result, args, sizes);
  latest.set(result, { args, sizes, cost });
  return cost;
}

function measure(descriptor: Descriptor | undefined, result: NodeResult, args: Args | undefined, sizes: Sizes): Cost {
  const inputs = lengthsOf(result.inputs, sizes);
  const outputs = lengthsOf(result.each ?? result.outputs, sizes);
  if (!descriptor || !args || !inputs || !outputs || Object.keys(outputs).length === 0) return UNKNOWN;
  const left = Object.values(outputs).reduce((sum, lengths) => sum + elements(lengths), 0);
  const cost: CallCost | undefined = descriptor.cost?.({ inputs, outputs }, args as ArgsOf<ParamSpecs>);
  return { multiplyAdds: cost?.multiplyAdds ?? 0, activations: left + (cost?.kept ?? 0), unknown: 0 };
}

/** Undefined where a shape is not known, or has an axis of no length. */
function lengthsOf(specs: MaybeSpecs, sizes: Sizes): Readonly<Record<string, readonly number[]>> | undefined {
  const lengths: Record<string, readonly number[]> = {};
  for (const [port, spec] of Object.entries(specs)) {
    const known = spec?.shape.map((dim) => evaluateDim(dim, sizes));
    if (!known || known.includes(undefined)) return undefined;
    lengths[port] = known as number[];
  }
  return lengths;
}

/** Elements of the Params that a node calls, those of all elements of a list; a member that is called twice has them at both calls. */
export function parametersOfNode(instance: Instance, id: NodeId): number {
  const node = instance.class.nodes[id];
  const member = node?.kind === 'call' ? graphOf(instance.class).behind(node.member) : undefined;
  const known = member && instance.members.get(member.id);
  if (!known) return 0;
  const item = node?.kind === 'call' ? node.item : undefined;
  if (classIdOf(known.type) === undefined) return countParameters(known).total * (item === undefined ? (known.repeat ?? 1) : 1);
  return known.elements.filter((_, i) => item === undefined || item === i).reduce((sum, element) => sum + countAll(element).parameters, 0);
}

const sizesByBatch = new Map<number, Sizes>();

/** One object for each batch size, by which costs are remembered. */
export function sizesOfBatch(batch: number): Sizes {
  let sizes = sizesByBatch.get(batch);
  if (!sizes) sizesByBatch.set(batch, (sizes = new Map([['batch', batch]])));
  return sizes;
}

/** The names of axes of unknown length that come into the root: `batch` and others. */
export function namedAxes(root: Instance): readonly string[] {
  const names = new Set<string>();
  for (const [id, { outputs }] of root.nodes) {
    if (root.class.nodes[id]?.kind !== 'input') continue;
    for (const dim of outputs['out']?.shape ?? []) for (const name of namesIn(dim)) names.add(name);
  }
  return [...names];
}
