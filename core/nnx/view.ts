/** @file Further modes of the same weights: view, viewInfo and withAttributes. Ports of flax/nnx/module.py at 18f8f31. */
import { listText, ValueError } from './errors.ts';
import { type Filter, toFilter } from './filter.ts';
import { isGraphMode } from './graph-mode.ts';
import type { SetAttributesOptions } from './module.ts';
import { compareText } from './path.ts';
import { isModuleNode, isPytree, type Pytree, pytreeClass } from './pytree.ts';
import { mapNodes } from './recursive-map.ts';
import { assignFound, type AttributeValues, refuseMissing } from './set-attributes.ts';
import { className, type Class, typeNameOf } from './type-name.ts';

/** One option of a class's `setView`, declared in a static table `viewSpec`, because JavaScript forgets parameter names. */
export interface ViewParameter {
  readonly name: string;
  /** The type as Flax prints it: `bool | None`. */
  readonly type: string;
  /** Absent for a required option. null prints as None. */
  readonly default?: unknown;
  /** What it does; further lines after newlines. */
  readonly doc?: string;
}

/** What a class with `setView` declares about it. */
export interface ViewClass {
  readonly viewSpec?: readonly ViewParameter[];
  /** True where `setView` takes any option: it then receives all of them. Assumed where there is no table. */
  readonly viewAcceptsAny?: boolean;
}

interface Viewable extends Pytree {
  setView(options: AttributeValues): void;
}

/** Options of `view`. */
export type ViewOptions = SetAttributesOptions;

/**
 * A copy of a Module with the same Variables, in another mode: `setView` of every selected object that has one receives
 * the options it declares. The original keeps its mode. Null means "leave as it is".
 *
 * Memory: makes no tensor. The Variables belong to the original and the view alike: dispose them once. Port of nnx.view.
 * @throws ValueError if no selected object declares an option, unless told not to; TypeError if a required one is missing.
 */
export function view<T>(node: T, options: AttributeValues = {}, { only = true, raiseIfNotFound = true, graph }: ViewOptions = {}): T {
  const filter = toFilter(only);
  const unused = new Set(Object.keys(options));
  const copy = mapNodes(
    (path, visited) => {
      if (isViewable(visited) && filter.test(path, visited)) applyView(visited, options, unused);
      return visited;
    },
    node,
    { graph },
  );
  if (raiseIfNotFound && unused.size > 0)
    throw new ValueError(`Unused keys found in nnx.view: ${listText(unused)}. viewInfo(module) lists the keys that there are.`);
  return copy;
}

function applyView(node: Viewable, options: AttributeValues, unused: Set<string>): void {
  const { viewSpec, viewAcceptsAny = viewSpec === undefined } = pytreeClass(node) as ViewClass;
  for (const { name, default: otherwise } of viewSpec ?? [])
    if (otherwise === undefined && !Object.hasOwn(options, name))
      throw new TypeError(`${typeNameOf(node)}.setView() missing 1 required option: '${name}'. Pass it to view().`);
  if (viewAcceptsAny) {
    node.setView(options);
    unused.clear();
    return;
  }
  const declared = new Set(viewSpec?.map(({ name }) => name));
  node.setView(Object.fromEntries(Object.entries(options).filter(([name]) => declared.has(name))));
  for (const name of declared) unused.delete(name);
}

// Own or inherited method of an instance; never through a fallback, and never a class that is stored in a Module (BUG-01, BUG-02).
function isViewable(node: unknown): node is Viewable {
  return isPytree(node) && typeof (node as Partial<Viewable>).setView === 'function';
}

/**
 * What `view` can change in a Module: for every class that has `setView`, sorted by name, its options with types, defaults
 * and descriptions, as Flax prints them with our names. Port of nnx.view_info.
 */
export function viewInfo(node: unknown, { only = true, graph }: Omit<ViewOptions, 'raiseIfNotFound'> = {}): string {
  const filter = toFilter(only);
  const classes = new Set<Class & ViewClass>();
  mapNodes(
    (path, visited) => {
      if (isViewable(visited) && filter.test(path, visited)) classes.add(pytreeClass(visited));
      return visited;
    },
    node,
    { graph: isGraphMode(graph) },
  );
  const sorted = [...classes].sort((a, b) => compareText(className(a), className(b)));
  return sorted.flatMap((type) => [`${className(type)}:`, ...infoLines(type)]).join('\n');
}

function infoLines(type: ViewClass): string[] {
  if (!type.viewSpec) return ['  setView(options)'];
  return type.viewSpec.flatMap(({ name, type: typeText, default: otherwise, doc }) => [
    `  ${name}: ${typeText}${otherwise === undefined ? '' : ` = ${pythonText(otherwise)}`}`,
    ...(doc === undefined ? [] : doc.split('\n').map((line) => `    ${line}`)),
  ]);
}

function pythonText(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (!Array.isArray(value)) return String(value);
  return `[${value.map((part: unknown) => (typeof part === 'string' ? `'${part}'` : pythonText(part))).join(', ')}]`;
}

/**
 * A copy of a Module with the same Variables and with attributes changed wherever a selected Module has them.
 * The original keeps its own. Memory: as `view`. Port of nnx.with_attributes.
 * @throws ValueError if a name is found in no selected Module, unless told not to.
 */
export function withAttributes<T>(
  node: T,
  attributes: AttributeValues,
  { only = true, raiseIfNotFound = true, graph }: { readonly only?: Filter } & ViewOptions = {},
): T {
  const filter = toFilter(only);
  const entries = Object.entries(attributes);
  const missing = new Set(Object.keys(attributes));
  const copy = mapNodes(
    (path, visited) => {
      if (isModuleNode(visited) && filter.test(path, visited)) assignFound(visited, entries, missing);
      return visited;
    },
    node,
    { graph },
  );
  if (raiseIfNotFound) refuseMissing(missing);
  return copy;
}
