/** @file Writing States into Modules, and taking Variables out. Ports of nnx.update, nnx.pop and nnx.find_duplicates. */
import { putEntry } from './copy-graph.ts';
import { ValueError } from './errors.ts';
import { type Filter, toDividingFilters, toFilter } from './filter.ts';
import { type Path, type PathPart, pathText } from './path.ts';
import { isContainer, isPytree } from './pytree.ts';
import { mergeState } from './state-functions.ts';
import { State, type StateLike } from './state.ts';
import { typeNameOf } from './type-name.ts';
import { Variable } from './variable.ts';
import { dataChildren, Walk } from './walk.ts';

/**
 * Writes States into a Module, in place: its Variables take over values and metadata and stay the same objects. Of several
 * States the last wins. A key that the Module lacks is added, as a copy. Raw values are set without a look at their shape.
 * Memory: the old tensors are freed; the States keep theirs. Port of nnx.update.
 * @throws ValueError if a leaf is given where the Module has a submodule.
 */
export function update(node: unknown, state: StateLike | Variable<unknown>, ...states: StateLike[]): void {
  if (node instanceof Variable) {
    writeVariable(node, state);
    return;
  }
  if (state instanceof Variable || !(isPytree(node) || isContainer(node)))
    throw new TypeError(`update writes States into Modules or containers, and Variables into Variables, got ${typeNameOf(node)}.`);
  writeState(node, mergeState(state, ...states) as State<unknown>, []);
}

function writeState(node: object, state: State<unknown>, path: Path): void {
  for (const [key, value] of state) {
    const here = [...path, key];
    const present = readEntry(node, key);
    if (value instanceof State) {
      if (isPytree(present) || isContainer(present)) writeState(present, value, here);
      else
        throw new ValueError(
          `Expected a leaf for '${pathText(here)}', but got a nested State: the Module has ${typeNameOf(present)} there.`,
        );
    } else if (present instanceof Variable) writeVariable(present, value);
    else if (isPytree(present) || isContainer(present))
      throw new ValueError(`Expected a subgraph for '${pathText(here)}', but got ${typeNameOf(value)}. Give a nested State there.`);
    else putEntry(node, key, value instanceof Variable && present === undefined ? value.copy() : value);
  }
}

function writeVariable(variable: Variable<unknown>, value: unknown): void {
  if (!(value instanceof Variable)) variable.setRawValue(value);
  else if (value !== variable) {
    variable.setRawValue((value as Variable<unknown>).getRawValue());
    variable.setMetadata((value as Variable<unknown>).getMetadata());
  }
}

function readEntry(node: object, key: PathPart): unknown {
  if (node instanceof Map) return node.get(key);
  if (node instanceof State) return node.find([key]);
  return Object.hasOwn(node, key) ? (node as Record<PathPart, unknown>)[key] : undefined;
}

/**
 * Takes the matching Variables out of a Module and returns them by path: a State, or one per filter. A shared Variable comes
 * once. The States own them now. Port of nnx.pop. @throws ValueError without a filter.
 */
export function pop(node: unknown, filter: Filter): State;
export function pop(node: unknown, ...filters: Filter[]): State[];
export function pop(node: unknown, ...filters: Filter[]): State | State[] {
  if (filters.length === 0) throw new ValueError('Expected at least one filter. Say which Variables to take out.');
  const dividing = toDividingFilters(filters);
  const states = filters.map(() => new State<Variable>());
  const taken = new Set<unknown>();
  const holders: object[] = [];
  const walk = new Walk(node, { graph: true, visit: 'data', functionName: 'pop' });
  while (walk.step()) {
    const { node: found, path } = walk;
    if (isPytree(found) || isContainer(found)) holders.push(found);
    if (!(found instanceof Variable)) continue;
    const i = dividing.findIndex((accepts) => accepts.test(path, found));
    if (i < 0) continue;
    states[i]!.set(path.slice(), found as Variable);
    taken.add(found);
  }
  for (const holder of holders) removeEntries(holder, taken);
  return states.length === 1 ? states[0]! : states;
}

function removeEntries(holder: object, taken: ReadonlySet<unknown>): void {
  if (Array.isArray(holder)) {
    // As in Python, positions cannot be deleted one by one without moving the rest.
    const kept = holder.filter((value) => !taken.has(value));
    if (kept.length < holder.length) holder.splice(0, holder.length, ...kept);
  } else if (holder instanceof Map) {
    for (const [key, value] of holder) if (taken.has(value)) holder.delete(key);
  } else if (holder instanceof State) {
    for (const [key, value] of holder) if (taken.has(value)) holder.delete(key);
  } else for (const [key, value] of Object.entries(holder)) if (taken.has(value)) Reflect.deleteProperty(holder, key);
}

/** The paths of everything that is reachable by more than one, each list in the order met. Port of nnx.find_duplicates. */
export function findDuplicates(node: unknown, { only = true }: { readonly only?: Filter } = {}): Path[][] {
  const accepts = toFilter(only);
  const paths = new Map<object, Path[]>();
  const stack: (readonly [Path, unknown])[] = [[[], node]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [path, value] = next;
    if (!isPytree(value) && !(value instanceof Variable) && !isContainer(value)) continue;
    const known = paths.get(value);
    if (known) {
      if (!isContainer(value) && accepts.test(path, value)) known.push(path);
      continue;
    }
    paths.set(value, [path]);
    if (value instanceof Variable) continue;
    const { keys, values } = dataChildren(value);
    for (let i = keys.length - 1; i >= 0; i--) stack.push([[...path, keys[i]!], values[i]]);
  }
  return [...paths.values()].filter((list) => list.length > 1);
}
