/** @file Copies of object graphs: new Modules and containers, with sharing and cycles as they were. No constructor runs. */
import { shareBuffers } from './capture-context.ts';
import type { Path, PathPart } from './path.ts';
import { type Container, copyAttributeStatus, copyMark, isContainer, isPytree, type Pytree, pytreeClass } from './pytree.ts';
import { State } from './state.ts';
import { Walk } from './walk.ts';

/** An empty counterpart of a Module or container, with its marks; if `isView`, captures that run record it as the original. */
export function blankOf(node: object, isView: boolean): object {
  if (isPytree(node)) {
    const copy = pytreeClass(node).blank(Object.getPrototypeOf(node) as object) as Pytree;
    copyAttributeStatus(node, copy);
    if (isView) shareBuffers(node, copy);
    return copy;
  }
  const copy = Array.isArray(node) ? [] : node instanceof Map ? new Map() : node instanceof State ? new State<unknown>() : {};
  copyMark(node, copy);
  return copy;
}

/** All entries of a Module or container, static and unset ones included, in any order. */
export function entriesOf(node: object): [PathPart, unknown][] {
  if (node instanceof Map || node instanceof State) return [...(node as Map<PathPart, unknown>).entries()];
  if (Array.isArray(node)) return node.map((value: unknown, i) => [i, value]);
  return Object.keys(node).map((name) => [name, (node as Record<string, unknown>)[name]]);
}

/** Writes one entry of a Module or container. */
export function putEntry(node: object, key: PathPart, value: unknown): void {
  if (node instanceof Map) node.set(key, value);
  else if (node instanceof State) node.set([key], value);
  // Defined, not assigned: the class may have an accessor of that name.
  else Object.defineProperty(node, key, { value, enumerable: true, writable: true, configurable: true });
}

/** Replaces a Variable, tensor or other data leaf in a copy; called once for each, with its first path. */
export type LeafCopier = (path: Path, leaf: unknown) => unknown;

/** A copy of everything below a root. Leaves are shared unless `copyLeaf` replaces them; static values always are. */
export function copyGraph<T>(root: T, copyLeaf?: LeafCopier): T {
  const copies = new Map<unknown, unknown>();
  const nodes: object[] = [];
  const walk = new Walk(root, { graph: true, visit: 'data', functionName: 'clone' });
  while (walk.step()) {
    const { node } = walk;
    if (isPytree(node) || isContainer(node)) {
      nodes.push(node);
      copies.set(node, blankOf(node, copyLeaf === undefined));
    } else if (copyLeaf && typeof node === 'object' && node !== null && !copies.has(node))
      copies.set(node, copyLeaf(walk.path.slice(), node));
  }
  for (const node of nodes) {
    const copy = copies.get(node) as object;
    for (const [key, value] of entriesOf(node)) putEntry(copy, key, copies.has(value) ? copies.get(value) : value);
    if (Array.isArray(node) && Object.isFrozen(node)) Object.freeze(copy);
  }
  return (copies.has(root) ? copies.get(root) : root) as T;
}

/** Whether a value is a Module, other Pytree, or container: what copies and maps go into. */
export function isNode(value: unknown): value is Pytree | Container {
  return isPytree(value) || isContainer(value);
}
