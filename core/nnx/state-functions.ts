/** @file Functions on States: merging, splitting, filtering, plain forms. Ports of flax/nnx/statelib.py at 18f8f31. */
import { ValueError } from './errors.ts';
import { type Filter, toDividingFilters, toFilter } from './filter.ts';
import { type Path, type PathPart, pathText } from './path.ts';
import { State, type StateLike } from './state.ts';
import { Variable } from './variable.ts';

/** Pairs of path and leaf for each filter, the first match winning. @throws ValueError if `isExhaustive` and something is left over. */
export function divide<L>(
  leaves: readonly (readonly [Path, L])[],
  filters: readonly Filter[],
  isExhaustive: boolean,
): (readonly [Path, L])[][] {
  const dividing = toDividingFilters(filters);
  const groups = dividing.map((): (readonly [Path, L])[] => []);
  for (const pair of leaves) {
    const i = dividing.findIndex((filter) => filter.test(pair[0], pair[1]));
    if (i >= 0) groups[i]!.push(pair);
    else if (isExhaustive)
      throw new ValueError(
        `Non-exhaustive filters, got a non-empty remainder: '${pathText(pair[0])}' matches none of ${dividing.join(', ')}. Add true as the last filter.`,
      );
  }
  return groups;
}

/**
 * One State with the entries of all; at the same path the last one wins, and the keys keep the order in which they first came.
 * Leaves are shared, not copied. A single State is returned as it is. Port of nnx.merge_state.
 * @throws ValueError if a leaf of one is in the way of a nested State of a later one.
 */
export function mergeState<L>(first: State<L>): State<L>;
export function mergeState<A, B>(first: State<A>, second: State<B>): State<A | B>;
export function mergeState(first: StateLike, ...rest: StateLike[]): State<never>;
export function mergeState(first: StateLike, ...rest: StateLike[]): State<unknown> {
  if (rest.length === 0) return toState(first);
  const merged = new State<unknown>();
  for (const source of [first, ...rest]) for (const [path, leaf] of unsortedLeaves(source)) merged.set(path, leaf);
  return merged;
}

/** A State as it is, or one made of a Map or object. */
export function toState(source: StateLike): State<unknown> {
  return source instanceof State ? source : new State<unknown>(source);
}

/** A State per filter, the first match winning; with one filter, that State itself. Port of nnx.split_state. @throws ValueError if something is left over. */
export function splitState<L>(state: State<L>, filter: Filter): State<L>;
export function splitState<L>(state: State<L>, ...filters: Filter[]): State<L>[];
export function splitState<L>(state: State<L>, ...filters: Filter[]): State<L> | State<L>[] {
  return grouped(state, filters, true);
}

/** As `splitState`; what no filter takes is left out. Port of nnx.filter_state. */
export function filterState<L>(state: State<L>, filter: Filter): State<L>;
export function filterState<L>(state: State<L>, ...filters: Filter[]): State<L>[];
export function filterState<L>(state: State<L>, ...filters: Filter[]): State<L> | State<L>[] {
  return grouped(state, filters, false);
}

function grouped<L>(state: State<L>, filters: readonly Filter[], isExhaustive: boolean): State<L> | State<L>[] {
  const states = divide(state.flat(), filters, isExhaustive).map((group) => State.fromFlat(group));
  return states.length === 1 ? states[0]! : states;
}

/** The leaves that a filter accepts, for those who need the paths. */
export function leavesWhere<L>(state: State<L>, filter: Filter): [Path, L][] {
  const accepts = toFilter(filter);
  return state.flat().filter(([path, leaf]) => accepts.test(path, leaf));
}

/** All leaves with their paths, sorted. Port of nnx.to_flat_state. */
export function toFlatState<L>(state: State<L>): [Path, L][] {
  return state.flat();
}

/** A State from pairs of path and leaf; later pairs win. Port of nnx.from_flat_state. */
export function fromFlatState<L>(pairs: Iterable<readonly [Path, L]>): State<L> {
  return State.fromFlat(pairs);
}

/** A new State with `f(path, leaf)` in place of every leaf, sorted. It owns what `f` makes, and shares what `f` passes on. Port of nnx.map_state. */
export function mapState<L, M>(f: (path: Path, leaf: L) => M, state: State<L>): State<M> {
  return state.map(f);
}

/** What `toPureDict` gives: nested Maps, because an object cannot tell 0 from '0'. */
export type PureDict = Map<PathPart, unknown>;

/**
 * Nested Maps of raw values, sorted by path. Memory: makes no tensor; those of the Variables are in it, and stay theirs.
 * Port of nnx.to_pure_dict.
 */
export function toPureDict(state: State<unknown>): PureDict {
  const root: PureDict = new Map();
  for (const [path, leaf] of state.flat()) {
    let level = root;
    for (const part of path.slice(0, -1)) {
      if (!level.has(part)) level.set(part, new Map());
      level = level.get(part) as PureDict;
    }
    level.set(path.at(-1)!, leaf instanceof Variable ? leaf.getValue() : leaf);
  }
  return root;
}

/**
 * Puts raw values into the Variables of a State, in place: a Module that they belong to changes too. Keys that are text but look
 * like integers also match positions. Everything is checked before anything is written. Memory: tensors are taken over, as by
 * assigning to `.value`, and the old ones freed. Port of nnx.replace_by_pure_dict.
 * @throws ValueError for a key that the State lacks.
 */
export function replaceByPureDict(state: State<unknown>, values: StateLike): void {
  const places = unsortedLeaves(values).map(([path, value]) => {
    const known = matchingPath(state, path);
    const leaf = known && state.find(known);
    if (!known || leaf === undefined || leaf instanceof State)
      throw new ValueError(`key in pure_dict not available in state: '${pathText(path)}'. The State must have a leaf there.`);
    return { known, leaf, value };
  });
  for (const { known, leaf, value } of places) {
    if (leaf instanceof Variable) leaf.setValue(value);
    else state.set(known, value);
  }
}

function matchingPath(state: State<unknown>, path: Path): Path | null {
  const found: PathPart[] = [];
  for (const part of path) {
    const position = typeof part === 'string' && /^-?\d+$/.test(part) ? Number(part) : part;
    const next = [part, position].find((candidate) => state.has(...found, candidate));
    if (next === undefined) return null;
    found.push(next);
  }
  return found;
}

/** Leaves in the order in which they stand, which merging keeps. */
function unsortedLeaves(source: StateLike, path: Path = [], into: [Path, unknown][] = []): [Path, unknown][] {
  for (const [part, value] of toState(source).entries())
    if (value instanceof State) unsortedLeaves(value, [...path, part], into);
    else into.push([[...path, part], value]);
  return into;
}
