/** @file The structure of a Module without its Variables: what `merge` builds it from again. Port of flax/nnx/graphlib.py at 18f8f31. */
import { blankOf, entriesOf, isNode, putEntry } from './copy-graph.ts';
import { ValueError } from './errors.ts';
import { comparePaths, type Path, type PathPart } from './path.ts';
import type { Container, Pytree } from './pytree.ts';
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

/** The types, static values, sharing and cycles of a Module or container. Immutable; `merge` makes any number of copies from it. */
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
   * A new Module with these leaves, which must have the paths of the ones it was split into.
   * @throws ValueError if there are more or fewer, or others.
   */
  build(leaves: readonly LeafAt[], copy: boolean): T {
    if (leaves.length !== this.#leaves.length)
      throw new ValueError(
        `Incorrect number of leaves, expected ${this.#leaves.length} leaves, but got ${leaves.length}. Merge all States of the split.`,
      );
    const values = this.#leaves.map((leaf, i) => {
      const [path, given] = leaves[i]!;
      if (comparePaths(path, leaf.path) !== 0)
        throw new ValueError(
          `Expected a leaf at '${leaf.path.join('/')}', but got one at '${path.join('/')}'. Merge the States of this very split.`,
        );
      if (given instanceof Variable) return copy ? given.copy() : given;
      return leaf.variable ? makeVariable(leaf.variable.type, given, leaf.variable.metadata) : given;
    });
    const nodes = this.#nodes.map(({ pattern }) => blankOf(pattern, !copy));
    const read = (slot: Slot): unknown =>
      slot.kind === 'static' ? slot.value : slot.kind === 'node' ? nodes[slot.index] : values[slot.index];
    this.#nodes.forEach(({ slots }, i) => {
      for (const [key, slot] of slots) putEntry(nodes[i]!, key, read(slot));
    });
    return read(this.#root) as T;
  }

  /** Whether both have the same types, static values, metadata, sharing and paths. Functions are compared by identity. */
  equals(other: GraphDef): boolean {
    return (
      this.#nodes.length === other.#nodes.length &&
      this.#leaves.length === other.#leaves.length &&
      sameSlot(this.#root, other.#root) &&
      this.#leaves.every((leaf, i) => sameLeaf(leaf, other.#leaves[i]!)) &&
      this.#nodes.every((node, i) => sameNode(node, other.#nodes[i]!))
    );
  }
}

/** Takes a node apart: its structure, and its leaves with their paths, sorted. A shared Variable is one leaf, under its first path. */
export function flatten<T>(root: T, graph: boolean, functionName: string): [GraphDef<T>, LeafAt[]] {
  const indices = new Map<unknown, Slot>();
  const order: (Pytree | Container)[] = [];
  const leaves: LeafAt[] = [];
  const walk = new Walk(root, { graph, visit: 'data', functionName });
  while (walk.step()) {
    const { node } = walk;
    if (isNode(node)) {
      if (indices.has(node)) continue; // tree mode meets a Module without Variables at every path
      indices.set(node, { kind: 'node', index: order.length });
      order.push(node);
    } else {
      if (typeof node === 'object' && node !== null) {
        if (indices.has(node)) continue;
        indices.set(node, { kind: 'leaf', index: leaves.length });
      }
      leaves.push([walk.path.slice(), node]);
    }
  }
  const nodes = order.map((node) => defineNode(node, indices));
  const defs = leaves.map(([path, leaf]): LeafDef => {
    const variable = leaf instanceof Variable ? { type: leaf.constructor as VariableType, metadata: leaf.getMetadata() } : null;
    return { path, variable };
  });
  return [new GraphDef<T>(nodes, defs, indices.get(root) ?? { kind: 'static', value: root }), leaves];
}

function defineNode(node: object, indices: ReadonlyMap<unknown, Slot>): NodeDef {
  const slots = entriesOf(node).map(([key, value]) => [key, indices.get(value) ?? { kind: 'static', value }] as const);
  return { pattern: blankOf(node, true), slots };
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
  if (!isPlainContainer(a) || !isPlainContainer(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(right, key) && sameStatic(left[key], right[key]));
}
