/** @file The structure of a Module without its Variables: what `merge` builds it from again. Port of flax/nnx/graphlib.py at 18f8f31. */
import { blankOf, entriesOf, isNode, putEntry } from './copy-graph.ts';
import { ValueError } from './errors.ts';
import { comparePaths, type Path, type PathPart, pathText } from './path.ts';
import { isPytree } from './pytree.ts';
import { className, typeNameOf } from './type-name.ts';
import { makeVariable } from './capture-context.ts';
import { isPlainContainer } from './ownership.ts';
import type { VariableType } from './variable-names.ts';
import { type Metadata, Variable } from './variable.ts';
import { Walk } from './walk.ts';

/** What stands at an attribute: a static value, another node, or one of the leaves. */
type Slot =
  | { readonly kind: 'static'; readonly value: unknown }
  | { readonly kind: 'node'; readonly index: number }
  | { readonly kind: 'leaf'; readonly index: number };

interface NodeDef {
  /** An empty object of the same kind, kept as a pattern for further ones. */
  readonly pattern: object;
  readonly slots: readonly (readonly [PathPart, Slot])[];
}

interface LeafDef {
  readonly path: Path;
  /** The Variable's type and metadata; null for raw tensors. */
  readonly variable: { readonly type: VariableType; readonly metadata: Metadata } | null;
}

/** A path and what is there. */
export type LeafAt = readonly [Path, unknown];

/** What `toJSON` of a GraphDef gives: every node with its entries, and every leaf with its path. */
export interface GraphDefText {
  readonly nodes: readonly { readonly type: string; readonly entries: Readonly<Record<string, string>> }[];
  readonly leaves: readonly { readonly path: Path; readonly type: string; readonly metadata?: Metadata }[];
}

/**
 * The types, static values, sharing and cycles of a Module or container. Immutable; `merge` makes any number of copies from it.
 * It refers to classes and static values as they are, so it lives in memory only: a program that starts anew makes its Module by
 * the constructor and reads the weights in. Port of nnx.GraphDef.
 */
export class GraphDef<T = unknown> {
  /** Kept for the type of what merge gives. */
  declare readonly merged: T;
  readonly #nodes: readonly NodeDef[];
  readonly #leaves: readonly LeafDef[];
  readonly #root: Slot;

  constructor(nodes: readonly NodeDef[], leaves: readonly LeafDef[], root: Slot) {
    this.#nodes = nodes;
    this.#leaves = leaves;
    this.#root = root;
  }

  /** The number of leaves that `merge` needs. */
  get numLeaves(): number {
    return this.#leaves.length;
  }

  /**
   * A new Module with these leaves, sorted by path, which must have the paths of the ones it was split into. A raw value where a
   * Variable was becomes one of its type and metadata, which takes the tensor over. With `copy`, Variables are copied, and own
   * handles on the same numbers. Memory: nothing is made or taken over when it throws.
   * @throws ValueError if there are more or fewer, or others.
   */
  build(leaves: readonly LeafAt[], copy: boolean): T {
    this.#check(leaves);
    const made: Variable<unknown>[] = [];
    const values = this.#leaves.map(({ variable }, i) => {
      const given = leaves[i]![1];
      if (given instanceof Variable) return copy ? copyInto(made, given) : given;
      return variable ? makeVariable(variable.type, given, variable.metadata) : given;
    });
    const nodes = this.#nodes.map(({ pattern }) => blankOf(pattern, !copy));
    const read = (slot: Slot): unknown =>
      slot.kind === 'static' ? slot.value : slot.kind === 'node' ? nodes[slot.index] : values[slot.index];
    this.#nodes.forEach(({ pattern, slots }, i) => {
      for (const [key, slot] of slots) putEntry(nodes[i]!, key, read(slot));
      if (Object.isFrozen(pattern)) Object.freeze(nodes[i]);
    });
    return read(this.#root) as T;
  }

  #check(leaves: readonly LeafAt[]): void {
    if (leaves.length !== this.#leaves.length)
      throw new ValueError(
        `Incorrect number of leaves, expected ${this.#leaves.length} leaves, but got ${leaves.length}. Merge all States of the split.`,
      );
    for (const [i, { path }] of this.#leaves.entries()) {
      const given = leaves[i]![0];
      if (comparePaths(given, path) !== 0)
        throw new ValueError(
          `Expected a leaf at '${pathText(path)}', but got one at '${pathText(given)}'. Merge the States of this very split.`,
        );
    }
  }

  /**
   * Whether both have the same types, static values, metadata, sharing and paths. Static arrays, objects and Maps are compared by
   * what is in them, functions and other objects by identity. The numbers in leaves do not matter.
   */
  equals(other: GraphDef): boolean {
    return (
      this.#nodes.length === other.#nodes.length &&
      this.#leaves.length === other.#leaves.length &&
      sameSlot(this.#root, other.#root) &&
      this.#leaves.every((leaf, i) => sameLeaf(leaf, other.#leaves[i]!)) &&
      this.#nodes.every((node, i) => sameNode(node, other.#nodes[i]!))
    );
  }

  /** The structure for people and logs, children before parents. It cannot be read back. */
  toJSON(): GraphDefText {
    const text = (slot: Slot): string => (slot.kind === 'static' ? staticText(slot.value) : `${slot.kind} ${slot.index}`);
    return {
      nodes: this.#nodes.map(({ pattern, slots }) => ({
        type: typeNameOf(pattern),
        entries: Object.fromEntries(slots.map(([key, slot]) => [key, text(slot)])),
      })),
      leaves: this.#leaves.map(({ path, variable }) =>
        variable ? { path, type: className(variable.type), metadata: variable.metadata } : { path, type: 'raw' },
      ),
    };
  }

  /** `toJSON` in short: `GraphDef(Linear: 2 leaves, 1 node)`. */
  toString(): string {
    const root = this.#root.kind === 'node' ? typeNameOf(this.#nodes[this.#root.index]!.pattern) : this.#root.kind;
    const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
    return `GraphDef(${root}: ${count(this.#nodes.length, 'node')}, leaves: ${this.#leaves.length})`;
  }
}

/** A copy that is freed again if a later one fails, as it does for a Variable that has been disposed. */
function copyInto(made: Variable<unknown>[], variable: Variable<unknown>): Variable<unknown> {
  try {
    made.push(variable.copy());
  } catch (error) {
    for (const copy of made) copy.dispose();
    throw error;
  }
  return made.at(-1)!;
}

/**
 * Takes a node apart: its structure, and its leaves with their paths, sorted. A shared Variable is one leaf, under its first path;
 * raw tensors and numbers have no identity, and are a leaf wherever they stand, as in Flax.
 */
export function flatten<T>(root: T, graph: boolean, functionName: string): [GraphDef<T>, LeafAt[]] {
  /** Nodes and Variables, which a graph may reach again by other paths. */
  const identified = new Map<unknown, Slot>();
  const found: { readonly node: object; readonly children: ReadonlyMap<PathPart, Slot> }[] = [];
  const leaves: LeafAt[] = [];
  /** By depth: what was stepped on since the walk last left a node above it, which are that node's children. */
  const stepped: Map<PathPart, Slot>[] = [];
  let rootSlot: Slot = { kind: 'static', value: root };
  const walk = new Walk(root, { graph, visit: 'data', functionName });
  while (walk.step()) {
    const { node, path } = walk;
    if (node === null || node === undefined) continue; // part of the structure: a place where nothing is
    const depth = path.length;
    let slot: Slot;
    if (isNode(node)) {
      slot = { kind: 'node', index: found.length };
      found.push({ node, children: stepped[depth + 1] ?? new Map() });
      stepped.length = Math.min(stepped.length, depth + 1);
      identified.set(node, slot);
    } else {
      slot = { kind: 'leaf', index: leaves.length };
      leaves.push([path.slice(), node]);
      if (node instanceof Variable) identified.set(node, slot);
    }
    if (depth === 0) rootSlot = slot;
    else (stepped[depth] ??= new Map()).set(path[depth - 1]!, slot);
  }
  const nodes = found.map(({ node, children }) => defineNode(node, children, identified));
  const defs = leaves.map(([path, leaf]): LeafDef => {
    const variable = leaf instanceof Variable ? { type: leaf.constructor as VariableType, metadata: leaf.getMetadata() } : null;
    return { path, variable };
  });
  return [new GraphDef<T>(nodes, defs, rootSlot), leaves];
}

function defineNode(node: object, children: ReadonlyMap<PathPart, Slot>, identified: ReadonlyMap<unknown, Slot>): NodeDef {
  const slots = entriesOf(node).map(([key, value]) => {
    // Paths have numbers where a List has attributes named like them.
    const slot = children.get(key) ?? (isPytree(node) ? children.get(Number(key)) : undefined) ?? identified.get(value);
    return [key, slot ?? ({ kind: 'static', value } as const)] as const;
  });
  const pattern = blankOf(node, true);
  if (Array.isArray(node) && Object.isFrozen(node)) Object.freeze(pattern);
  return { pattern, slots };
}

function staticText(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? typeNameOf(value)
    : typeof value === 'function'
      ? value.name || 'function'
      : String(value);
}

function sameNode(a: NodeDef, b: NodeDef): boolean {
  if (Object.getPrototypeOf(a.pattern) !== Object.getPrototypeOf(b.pattern) || a.slots.length !== b.slots.length) return false;
  // Attributes are a set: two constructors may assign them in different orders.
  const others = new Map(b.slots);
  return a.slots.every(([key, slot]) => others.has(key) && sameSlot(slot, others.get(key)!));
}

function sameSlot(a: Slot, b: Slot): boolean {
  if (a.kind === 'static') return b.kind === 'static' && sameStatic(a.value, b.value);
  return b.kind === a.kind && b.index === a.index;
}

function sameLeaf(a: LeafDef, b: LeafDef): boolean {
  return (
    comparePaths(a.path, b.path) === 0 && a.variable?.type === b.variable?.type && sameStatic(a.variable?.metadata, b.variable?.metadata)
  );
}

function sameStatic(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Map && b instanceof Map)
    return a.size === b.size && [...a].every(([key, value]) => b.has(key) && sameStatic(value, b.get(key)));
  if (!isPlainContainer(a) || !isPlainContainer(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(right, key) && sameStatic(left[key], right[key]));
}
