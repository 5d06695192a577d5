/** @file The module tree of a live Module as plain data, row by row as `iterModules` yields it. */
import { isSamePath } from '../document/find.ts';
import type { AttributeValue, Path } from '../document/schema.ts';
import { MODE_NAMES } from '../nnx/modes.ts';
import { iterModules, Module } from '../nnx/module.ts';
import { attributesOf, attributeStatus, hasAttribute, isContainer, isPytree } from '../nnx/pytree.ts';
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
}

function contentsOf(module: Module): Contents {
  const variables: [Path, Variable<unknown>][] = [];
  const modules: [Path, Module][] = [];
  const seen = new Set<object>();
  const visit = (node: object, path: Path): void => {
    if (seen.has(node)) return;
    seen.add(node);
    const { keys, values } = isPytree(node) ? attributesOf(node) : isContainer(node) ? containerChildren(node) : { keys: [], values: [] };
    for (const [i, key] of keys.entries()) {
      const value = values[i];
      const childPath = [...path, key];
      if (value instanceof Variable) variables.push([childPath, value]);
      else if (value instanceof Module) modules.push([childPath, value]);
      else if (isPytree(value) || (isContainer(value) && !(isPytree(node) && attributeStatus(node, key, value) === 'static')))
        visit(value, childPath);
    }
  };
  visit(module, []);
  return { variables, modules };
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

/** Names that `train`, `eval` and `view` flip on this Module. */
function modesOf(module: Module): ReadonlySet<string> {
  const { viewSpec } = module.constructor as { readonly viewSpec?: readonly { readonly name: string }[] };
  return new Set([...MODE_NAMES, ...(viewSpec ?? []).map(({ name }) => name)]);
}

function isAttributeValue(value: unknown): value is AttributeValue {
  return value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string';
}

/** The plain values that `setAttributes` can replace, sorted by name. */
export function attributesIn(module: Module): ModuleInfo['attributes'] {
  const modes = modesOf(module);
  const { keys, values } = attributesOf(module);
  return keys.flatMap((key, i) => {
    const value = values[i];
    const name = String(key);
    return isAttributeValue(value) && hasAttribute(module, name) ? [{ name, value, mode: modes.has(name) }] : [];
  });
}

function paramCountOf(module: Module, contents: ReadonlyMap<Module, Contents>): number {
  const params = new Set<Variable<unknown>>();
  const seen = new Set<Module>();
  const visit = (node: Module): void => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const [, variable] of contents.get(node)?.variables ?? []) if (variable instanceof Param) params.add(variable);
    for (const [, child] of contents.get(node)?.modules ?? []) visit(child);
  };
  visit(module);
  let count = 0;
  for (const param of params) count += valueForm(param).shape.reduce((product, length) => product * length, 1);
  return count;
}

/** Every path from the root to every Module, the first 32 of each; ways round a circle are left out. */
function pathsTo(root: Module, contents: ReadonlyMap<Module, Contents>): Map<Module, Path[]> {
  const parents = new Map<Module, (readonly [Module, Path])[]>();
  for (const [parent, { modules }] of contents)
    for (const [path, child] of modules) parents.set(child, [...(parents.get(child) ?? []), [parent, path]]);
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
  return rows.map(([path, module]) => ({
    path,
    type: typeNameOf(module),
    paramCount: paramCountOf(module, contents),
    variables: (contents.get(module)?.variables ?? []).map(([relative, variable]) => describeVariable(path, relative, variable)),
    attributes: attributesIn(module),
    alsoAt: (paths.get(module) ?? []).filter((other) => !isSamePath(other, path)),
  }));
}
