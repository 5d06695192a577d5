/** @file Taking Modules apart into structure and state, and back: split, merge, state, graphdef, clone. Ports of flax/nnx/graphlib.py. */
import { tf } from '../tensor/tf.ts';
import { copyGraph } from './copy-graph.ts';
import { ValueError } from './errors.ts';
import { type Filter } from './filter.ts';
import { flatten, GraphDef, type LeafAt } from './graphdef.ts';
import { type GraphOption, isGraphMode } from './graph-mode.ts';
import { mapTensors } from './ownership.ts';
import { comparePaths } from './path.ts';
import { divide, toState } from './state-functions.ts';
import { isStateLike, State, type StateLike } from './state.ts';
import { typeNameOf } from './type-name.ts';
import { Variable } from './variable.ts';

/** A State for each filter. */
export type StatesOf<F extends readonly Filter[]> = { -readonly [I in keyof F]: State };

/**
 * The structure of a node and its Variables (the same objects, not copies): one State, or one per filter, the first match winning.
 * For a bare Variable the State is the Variable itself. Memory: makes no tensor. Port of nnx.split.
 * @throws ValueError if filters leave something over, or one that takes everything is not the last.
 */
export function split<T, F extends readonly Filter[]>(
  node: T,
  ...filters: F
): [GraphDef<T>, ...(F extends readonly [] ? [State] : StatesOf<F>)];
export function split(node: unknown, ...filters: Filter[]): [GraphDef, ...State[]] {
  const [graphdef, leaves] = flatten(node, isGraphMode(undefined), 'split');
  return [graphdef, ...(filters.length === 0 ? [stateOf(leaves)] : divide(leaves, filters, true).map(stateOf))];
}

/** What `merge` puts together: States or nested objects and Maps, or, for what was split from a bare Variable, that. */
export type Mergeable = StateLike | Variable<unknown> | tf.Tensor;

/**
 * A new Module from a structure and the States of its split, in any order. Its Variables are those of the States: they are
 * shared with the Module that was split. Where a State has a raw value instead (`toPureDict` gives such), a Variable of the type
 * and metadata that was split off takes it over. Memory: makes no tensor, also when it throws. Port of nnx.merge.
 * @throws TypeError without a GraphDef or without a State; ValueError if leaves are missing, too many or others.
 */
export function merge<T>(graphdef: GraphDef<T>, ...states: Mergeable[]): T {
  return mergeLeaves(graphdef, states, false);
}

/**
 * As `merge`, with new Variables that hold the same numbers. Memory: the new Module owns handles on the tensors, not copies of the
 * numbers; nothing stays when it throws. Port of nnx.merge with copy=True.
 */
export function mergeCopy<T>(graphdef: GraphDef<T>, ...states: Mergeable[]): T {
  return mergeLeaves(graphdef, states, true);
}

function mergeLeaves<T>(graphdef: GraphDef<T>, states: readonly Mergeable[], copy: boolean): T {
  if (!(graphdef instanceof GraphDef))
    throw new TypeError(`Expected a GraphDef or GraphState object, got ${typeNameOf(graphdef)}. split() gives one.`);
  if (states.length === 0) throw new TypeError("merge() missing 1 required positional argument: 'state'. Give the States of the split.");
  const leaves = states.flatMap((state): LeafAt[] => (isStateLike(state) ? toState(state).flat() : [[[], state]]));
  return graphdef.build(
    leaves.sort((a, b) => comparePaths(a[0], b[0])),
    copy,
  );
}

/**
 * The Variables of a node, the same objects, by path: one State; with several filters an array of States. What no filter
 * takes is left out. For a bare Variable it is that Variable (BUG-15). Memory: makes no tensor. Port of nnx.state.
 */
export function state(node: unknown): State;
export function state(node: unknown, filter: Filter): State;
export function state<F extends readonly [Filter, Filter, ...Filter[]]>(node: unknown, ...filters: F): StatesOf<F>;
export function state(node: unknown, ...filters: Filter[]): State | State[] {
  const [, leaves] = flatten(node, isGraphMode(undefined), 'split');
  if (filters.length === 0) return stateOf(leaves);
  const states = divide(leaves, filters, false).map(stateOf);
  return filters.length === 1 ? states[0]! : states;
}

// A bare Variable has the empty path, which a State cannot hold.
function stateOf(leaves: readonly LeafAt[]): State {
  const [first] = leaves;
  if (first && first[0].length === 0) return first[1] as State;
  return State.fromFlat(leaves.map(([path, leaf]) => [path, leaf as Variable] as const));
}

/** The structure alone. Two of equal structure are `equals`. Port of nnx.graphdef. */
export function graphdef<T>(node: T, { graph }: GraphOption = {}): GraphDef<T> {
  return flatten(node, isGraphMode(graph), 'split')[0];
}

/** Options of `clone`. */
export interface CloneOptions extends GraphOption {
  /** False shares the Variables instead of copying them. Default true. */
  readonly variables?: boolean;
  /** True copies the numbers too, instead of sharing them. Tensors never change, so this only costs memory. Default false. */
  readonly arrays?: boolean;
}

/**
 * A copy with new Modules and new Variables. The tensors are new handles on the same numbers: dispose both copies.
 * Values captured by a running capture are not shared. Memory: nothing stays when it throws. Port of nnx.clone.
 * @throws ValueError for `arrays` without `variables`; in tree mode, for what is shared.
 */
export function clone<T>(node: T, { variables = true, arrays = false, graph }: CloneOptions = {}): T {
  if (arrays && !variables) throw new ValueError('If arrays is True, variables should be also True: the numbers belong to the Variables.');
  if (!isGraphMode(graph)) flatten(node, false, 'clone'); // refuses what tree mode refuses
  if (!variables) return copyGraph(node);
  const made: (Variable<unknown> | tf.Tensor)[] = [];
  const keepTrack = <C extends Variable<unknown> | tf.Tensor>(copy: C): C => {
    made.push(copy);
    return copy;
  };
  try {
    return copyGraph(node, (_path, leaf) => {
      if (leaf instanceof Variable) return keepTrack(arrays ? leaf.copy(mapTensors(leaf.getRawValue(), copyTensor)) : leaf.copy());
      return leaf instanceof tf.Tensor ? keepTrack(tf.keep(arrays ? copyTensor(leaf) : tf.clone(leaf))) : leaf;
    });
  } catch (error) {
    for (const copy of made) copy.dispose();
    throw error;
  }
}

function copyTensor(tensor: tf.Tensor): tf.Tensor {
  return tf.tensor(tensor.dataSync().slice(), tensor.shape, tensor.dtype);
}
