/** @file Writing States into Modules, and taking Variables out. Ports of nnx.update, nnx.pop and nnx.find_duplicates. */
import { tf } from '../tensor/tf.ts';
import { entriesOf, isNode, putEntry } from './copy-graph.ts';
import { ValueError } from './errors.ts';
import { type Filter, toFilter } from './filter.ts';
import { List } from './list.ts';
import { isOwned, release } from './ownership.ts';
import { compareParts, type Path, type PathPart, pathText } from './path.ts';
import { isContainer, isPytree, refuseDataForStatic } from './pytree.ts';
import { mergeState } from './state-functions.ts';
import { isStateLike, State, type StateLike } from './state.ts';
import { typeNameOf } from './type-name.ts';
import { Variable } from './variable.ts';
import { dataChildren, Walk } from './walk.ts';

/**
 * Writes States into a Module, in place: its Variables take over values and metadata and stay the same objects, of the same type.
 * Of several States the last wins. What the Module lacks, or has as null, is added: Variables as copies, at the end of a List.
 * A bare Variable is written from a Variable or raw value. Raw values are set without a look at their shape.
 *
 * Memory: the old tensors are freed. The States keep those in their Variables; raw tensors are taken over, as by assigning to
 * `.value`. What was written before an error stays. Port of nnx.update.
 * @throws ValueError if a leaf is given where the Module has a submodule, or the other way round; if a Variable or tensor is given
 * for a static attribute; if a position lies beyond the end of a List.
 */
export function update(
  node: unknown,
  state: StateLike | Variable<unknown> | tf.Tensor,
  ...states: (StateLike | Variable<unknown> | tf.Tensor)[]
): void {
  if (node instanceof Variable) {
    const given = [state, ...states].filter((each) => !isEmptyState(each));
    if (given.length > 1 || (given.length === 0 && states.length > 0))
      throw new ValueError(`Expected exactly one non-empty state for a Variable, got ${given.length} of them. Merge them first.`);
    if (given.length === 1) writeVariable(node, given[0], []);
    return;
  }
  const all = [state, ...states];
  if (!isNode(node) || !all.every(isStateLike))
    throw new TypeError(
      `update writes States into Modules or containers, and Variables into Variables, got ${all.map(typeNameOf).join(', ')} for ${typeNameOf(node)}.`,
    );
  const [first, ...rest] = all as [StateLike, ...StateLike[]];
  writeState(node, mergeState(first, ...rest), []);
}

function isEmptyState(value: unknown): boolean {
  return value instanceof State && value.size === 0;
}

function writeState(node: object, state: State<unknown>, path: Path): void {
  // Positions in their order: a List grows by its next one only.
  for (const [key, value] of [...state].sort((a, b) => compareParts(a[0], b[0]))) {
    const here = [...path, key];
    const present = readEntry(node, key);
    if (present instanceof Variable) writeVariable(present, value, here);
    else if (value instanceof State) {
      if (isNode(present)) writeState(present, value, here);
      else if (value.size > 0)
        throw new ValueError(
          `Expected a leaf for '${pathText(here)}', but got a nested State: the Module has ${present === undefined ? 'nothing' : typeNameOf(present)} there.`,
        );
    } else if (isNode(present))
      throw new ValueError(`Expected a subgraph for '${pathText(here)}', but got ${typeNameOf(value)}. Give a nested State there.`);
    else writeEntry(node, key, value, here);
  }
}

function writeVariable(variable: Variable<unknown>, value: unknown, path: Path): void {
  if (value instanceof State) {
    if (value.size > 0)
      throw new ValueError(`Expected a leaf for '${pathText(path)}', but got a nested State: a ${typeNameOf(variable)} is there.`);
  } else if (!(value instanceof Variable)) variable.setRawValue(value);
  else if (value !== variable) {
    variable.setRawValue((value as Variable<unknown>).getRawValue());
    variable.setMetadata((value as Variable<unknown>).getMetadata());
  }
}

/** Replaces or adds what is no Variable and no node. The node gets Variables and tensors of its own. */
function writeEntry(node: object, key: PathPart, value: unknown, path: Path): void {
  const present = readEntry(node, key);
  if (present === undefined && node instanceof List) refuseGap(node, key, path);
  if (Object.isFrozen(node)) throw new ValueError(`Cannot set '${pathText(path)}': the array it is in is frozen. Replace the whole array.`);
  if (isPytree(node) && present !== undefined) refuseDataForStatic(node, String(key), value);
  let mine = value;
  if (value instanceof Variable) mine = (value as Variable<unknown>).copy();
  else if (value instanceof tf.Tensor) mine = tf.keep(isOwned(value) ? tf.clone(value) : value);
  if (present instanceof tf.Tensor && present !== mine && !isOwned(present)) release(present);
  if (present === undefined && node instanceof List) (node as List<unknown>).append(mine);
  else putEntry(node, key, mine);
}

function refuseGap(list: List<unknown>, key: PathPart, path: Path): void {
  if (key !== list.length)
    throw new ValueError(`Cannot set '${pathText(path)}': a List of ${list.length} grows by the position ${list.length} next.`);
}

function readEntry(node: object, key: PathPart): unknown {
  if (node instanceof Map) return node.get(key);
  if (node instanceof State) return node.find([key]);
  return Object.hasOwn(node, key) ? (node as Record<PathPart, unknown>)[key] : undefined;
}

/**
 * Takes the matching Variables and raw tensors out of a Module and returns them by path: a State, or one per filter. What is shared
 * comes once, and is removed everywhere; what follows in a List or array moves down. Memory: the States own the tensors now;
 * nothing is taken when it throws. Port of nnx.pop.
 * @throws ValueError without a filter, or if a frozen array would lose something; TypeError for what is neither Module nor container.
 */
export function pop(node: unknown, filter: Filter): State;
export function pop(node: unknown, ...filters: Filter[]): State[];
export function pop(node: unknown, ...filters: Filter[]): State | State[] {
  if (filters.length === 0) throw new ValueError('Expected at least one filter. Say which Variables to take out.');
  if (!isNode(node)) throw new TypeError(`pop takes Variables out of Modules and containers, got ${typeNameOf(node)}.`);
  const dividing = filters.map(toFilter);
  const states = filters.map(() => new State<Variable>());
  const taken = new Set<unknown>();
  const holders: object[] = [];
  const walk = new Walk(node, { graph: true, visit: 'data', functionName: 'pop' });
  while (walk.step()) {
    const { node: found, path } = walk;
    if (isNode(found)) holders.push(found);
    if (!(found instanceof Variable || found instanceof tf.Tensor) || taken.has(found)) continue;
    const i = dividing.findIndex((accepts) => accepts.test(path, found));
    if (i < 0) continue;
    states[i]!.set(path.slice(), found as Variable);
    taken.add(found);
  }
  const losing = holders.filter((holder) => entriesOf(holder).some(([, value]) => taken.has(value)));
  if (losing.some((holder) => Object.isFrozen(holder)))
    throw new ValueError('Cannot pop from a frozen array: its positions are fixed. Replace the whole array.');
  for (const holder of losing) removeEntries(holder, taken);
  return states.length === 1 ? states[0]! : states;
}

function removeEntries(holder: object, taken: ReadonlySet<unknown>): void {
  const kept = (values: Iterable<unknown>) => [...values].filter((value) => !taken.has(value));
  if (Array.isArray(holder)) holder.splice(0, holder.length, ...kept(holder));
  else if (holder instanceof List) {
    const rest = kept(holder as List<unknown>);
    holder.clear();
    (holder as List<unknown>).extend(rest);
  } else if (holder instanceof Map || holder instanceof State) {
    const table = holder as Map<PathPart, unknown>;
    for (const [key, value] of table) if (taken.has(value)) table.delete(key);
  } else for (const [key, value] of Object.entries(holder)) if (taken.has(value)) Reflect.deleteProperty(holder, key);
}

/** The paths of every Module, Variable and raw tensor that is reachable by more than one, each list in the order met. Port of nnx.find_duplicates. */
export function findDuplicates(node: unknown, { only = true }: { readonly only?: Filter } = {}): Path[][] {
  const accepts = toFilter(only);
  const paths = new Map<object, Path[]>();
  const stack: (readonly [Path, unknown])[] = [[[], node]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [path, value] = next;
    if (!isNode(value) && !(value instanceof Variable) && !(value instanceof tf.Tensor)) continue;
    const known = paths.get(value);
    if (known) {
      if (!isContainer(value) && accepts.test(path, value)) known.push(path); // containers have no identity in Flax
      continue;
    }
    paths.set(value, [path]);
    if (!isNode(value)) continue;
    const { keys, values } = dataChildren(value);
    for (let i = keys.length - 1; i >= 0; i--) stack.push([[...path, keys[i]!], values[i]]);
  }
  return [...paths.values()].filter((list) => list.length > 1);
}
