/** @file The module tree of a live Module as plain data, row by row as `iterModules` yields it. */
import { isSamePath } from '../document/find.ts';
import type { AttributeValue, Path } from '../document/schema.ts';
import { isModeName } from '../nnx/modes.ts';
import { iterModules, Module } from '../nnx/module.ts';
import { type Attributes, attributesOf, attributeStatus, isContainer, isPytree } from '../nnx/pytree.ts';
import { RngCount, RngKey } from '../nnx/rngs.ts';
import { typeNameOf } from '../nnx/type-name.ts';
import { Param, Variable } from '../nnx/variable.ts';
import { containerChildren } from '../nnx/walk.ts';
import { tf } from '../tensor/tf.ts';
import type { ModuleInfo, VariableInfo } from './protocol.ts';

/** A Module in a circle of shared references could have endless paths, one in a lattice very many. */
const MOST_PATHS = 32;

/** What a Module holds itself: Variables and child Modules, also those in Rngs, arrays and objects, with the way from it. */
interface Contents {
  readonly variables: readonly (readonly [Path, Variable<unknown>])[];
  readonly modules: readonly (readonly [Path, Module])[];
  readonly attributes: Attributes;
}

function contentsOf(module: Module): Contents {
  const variables: [Path, Variable<unknown>][] = [];
  const modules: [Path, Module][] = [];
  const seen = new Set<object>([module]);
  const visit = (node: object, { keys, values }: Attributes, path: Path): void => {
    for (const [i, key] of keys.entries()) {
      const value = values[i];
      if (value instanceof Variable) variables.push([[...path, key], value]);
      else if (value instanceof Module) modules.push([[...path, key], value]);
      else if (isPytree(value) || (isContainer(value) && !(isPytree(node) && attributeStatus(node, key, value) === 'static'))) {
        if (seen.has(value)) continue;
        seen.add(value);
        visit(value, isPytree(value) ? attributesOf(value) : containerChildren(value), [...path, key]);
      }
    }
  };
  const attributes = attributesOf(module);
  visit(module, attributes, []);
  return { variables, modules, attributes };
}

/** Shape and dtype of what a Variable holds: keys and counts of random streams as JAX prints them, sown arrays by their first. */
function valueForm(variable: Variable<unknown>): { readonly shape: readonly number[]; readonly dtype: string } {
  if (variable.pending) return { shape: variable.pending.shape, dtype: variable.pending.dtype };
  if (variable instanceof RngKey) return { shape: [], dtype: 'key<fry>' };
  if (variable instanceof RngCount) return { shape: [], dtype: 'uint32' };
  const value = variable.getRawValue();
  if (value instanceof tf.Tensor) return { shape: [...value.shape], dtype: value.dtype };
  return { shape: [], dtype: typeNameOf(value) };
}

/** A Variable of a Module as data. `modulePath` and `relative` together lead to it from the root. */
export function describeVariable(modulePath: Path, relative: Path, variable: Variable<unknown>): VariableInfo {
  return { name: relative.join('/'), path: [...modulePath, ...relative], type: typeNameOf(variable), ...valueForm(variable) };
}

/** Whether `train`, `eval` or `view` flips it on this Module. */
function isMode(module: Module, name: string): boolean {
  const { viewSpec } = module.constructor as { readonly viewSpec?: readonly { readonly name: string }[] };
  return isModeName(name) || (viewSpec?.some((option) => option.name === name) ?? false);
}

function isAttributeValue(value: unknown): value is AttributeValue {
  return value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string';
}

/** The plain values that `setAttributes` can replace, sorted by name. */
export function attributesIn(module: Module, { keys, values }: Attributes = attributesOf(module)): ModuleInfo['attributes'] {
  return keys.flatMap((key, i) => {
    const value = values[i];
    const name = String(key);
    return isAttributeValue(value) ? [{ name, value, mode: isMode(module, name) }] : [];
  });
}

type ContentsByModule = ReadonlyMap<Module, Contents>;

/**
 * How many numbers the Params of each Module and of all below it have, each once. `contents` lists children before parents, so that sums
 * grow upwards; where something below is shared it must be looked for.
 */
function paramCounts(contents: ContentsByModule): ReadonlyMap<Module, number> {
  const counts = new Map<Module, number>();
  const met = new Set<object>();
  const shared = new Set<object>();
  for (const { variables, modules } of contents.values())
    for (const [, child] of [...variables, ...modules]) (met.has(child) ? shared : met).add(child);
  const sharing = new Set<Module>();
  for (const [module, { variables, modules }] of contents) {
    if (variables.some(([, variable]) => shared.has(variable)) || modules.some(([, child]) => shared.has(child) || sharing.has(child))) {
      sharing.add(module);
      counts.set(module, sizeOf(paramsBelow(module, contents)));
    } else {
      const children = modules.reduce((sum, [, child]) => sum + (counts.get(child) ?? 0), 0);
      counts.set(module, children + sizeOf(variables.map(([, variable]) => variable).filter((variable) => variable instanceof Param)));
    }
  }
  return counts;
}

function sizeOf(variables: Iterable<Variable<unknown>>): number {
  let size = 0;
  for (const variable of variables) size += valueForm(variable).shape.reduce((product, length) => product * length, 1);
  return size;
}

function paramsBelow(module: Module, contents: ContentsByModule): ReadonlySet<Variable<unknown>> {
  const params = new Set<Variable<unknown>>();
  const seen = new Set<Module>();
  const visit = (node: Module): void => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const [, variable] of contents.get(node)?.variables ?? []) if (variable instanceof Param) params.add(variable);
    for (const [, child] of contents.get(node)?.modules ?? []) visit(child);
  };
  visit(module);
  return params;
}

/** Every path from the root to every Module, the first 32 of each; ways round a circle are left out. */
function pathsTo(root: Module, contents: ContentsByModule): Map<Module, Path[]> {
  const parents = new Map<Module, [Module, Path][]>();
  for (const [parent, { modules }] of contents)
    for (const [path, child] of modules) {
      const ways = parents.get(child);
      if (ways) ways.push([parent, path]);
      else parents.set(child, [[parent, path]]);
    }
  const found = new Map<Module, Path[]>();
  const visiting = new Set<Module>();
  const visit = (module: Module): Path[] => {
    const known = found.get(module);
    if (known) return known;
    if (visiting.has(module)) return [];
    visiting.add(module);
    const paths: Path[] = module === root ? [[]] : [];
    for (const [parent, way] of parents.get(module) ?? [])
      for (const path of visit(parent)) if (paths.length < MOST_PATHS) paths.push([...path, ...way]);
    visiting.delete(module);
    found.set(module, paths);
    return paths;
  };
  for (const module of contents.keys()) visit(module);
  return found;
}

/** A row for every Module, children before parents. Reads shapes only: no tensor is made or read. */
export function describeModules(root: Module): ModuleInfo[] {
  const rows = [...iterModules(root)];
  const contents = new Map(rows.map(([, module]) => [module, contentsOf(module)]));
  const paths = pathsTo(root, contents);
  const counts = paramCounts(contents);
  return rows.map(([path, module]) => {
    const { variables, attributes } = contents.get(module)!;
    return {
      path,
      type: typeNameOf(module),
      paramCount: counts.get(module)!,
      variables: variables.map(([relative, variable]) => describeVariable(path, relative, variable)),
      attributes: attributesIn(module, attributes),
      alsoAt: (paths.get(module) ?? []).filter((other) => !isSamePath(other, path)),
    };
  });
}
