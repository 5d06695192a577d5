/**
 * @file The one traversal that everything else is built on. Depth first, children before parents, siblings sorted.
 * It keeps its own stack, so that a chain of 100,000 Modules does not overflow JavaScript's. Port of nnx.iter_graph's loops.
 */
import { ValueError } from './errors.ts';
import { treeModeAdvice } from './graph-mode.ts';
import { compareParts, type Path, type PathPart, pathText } from './path.ts';
import {
  type Attributes,
  attributesOf,
  attributeStatus,
  type Container,
  isContainer,
  isPytree,
  type Pytree,
  pytreeClass,
} from './pytree.ts';
import { State } from './state.ts';
import { typeNameOf } from './type-name.ts';
import { Variable } from './variable.ts';

export interface WalkOptions {
  readonly graph: boolean;
  /** What the walk steps on: objects and containers only; also Variables and other data; or, in graph mode, static values too. */
  readonly visit: 'modules' | 'data' | 'all';
  /** The name that errors give. */
  readonly functionName: string;
}

/** A node on the way down, and how many of its children are done. */
interface Frame {
  readonly node: object;
  readonly children: Attributes;
  next: number;
}

/**
 * Steps through everything below a root, and at last the root. `step()` moves on and says whether there was anything;
 * then `node` is what was reached and `path` the way to it. The path is reused: copy it to keep it.
 */
export class Walk {
  node: unknown = undefined;
  readonly path: PathPart[] = [];
  readonly #frames: Frame[] = [];
  readonly #options: WalkOptions;
  /** Graph mode: everything met so far, which is then passed over. Tree mode: the nodes on the way down, to notice cycles. */
  readonly #seen = new Set<object>();
  /** Tree mode: where each Variable was met. Paths are only kept there, because errors must name both. */
  readonly #variablePaths = new Map<object, string>();
  #pendingRoot: { value: unknown } | null;
  #popPath = false;

  constructor(root: unknown, options: WalkOptions) {
    this.#options = options;
    this.#pendingRoot = { value: root };
  }

  /** @throws ValueError in tree mode for shared Variables, cycles and classes with `pytree = false`; in both for unmarked containers. */
  step(): boolean {
    if (this.#popPath) this.path.pop();
    this.#popPath = false;
    if (this.#pendingRoot) {
      const { value } = this.#pendingRoot;
      this.#pendingRoot = null;
      if (this.#enter(value)) return true;
    }
    for (let frame = this.#frames.at(-1); frame; frame = this.#frames.at(-1)) {
      if (frame.next === frame.children.keys.length) return this.#leave(frame);
      const i = frame.next++;
      this.path.push(frame.children.keys[i]!);
      if (this.#enter(frame.children.values[i])) return true;
    }
    return false;
  }

  /** Pushes a node, or stops at a leaf; a value that is passed over takes its part off the path again. */
  #enter(value: unknown): boolean {
    if (isPytree(value) || isContainer(value)) {
      if (this.#options.graph) {
        if (this.#seen.has(value)) return this.#passOver();
      } else {
        refuseUnwalkable(value, this.path, this.#options.functionName);
        if (this.#seen.has(value)) this.#refuseCycle(value);
      }
      this.#seen.add(value);
      this.#frames.push({ node: value, children: childrenToWalk(value, this.#options), next: 0 });
      return false;
    }
    if (value instanceof Variable) {
      if (!this.#options.graph) this.#refuseShared(value);
      else if (this.#options.visit !== 'modules') {
        if (this.#seen.has(value)) return this.#passOver();
        this.#seen.add(value);
      }
    }
    if (this.#options.visit === 'modules') return this.#passOver();
    this.node = value;
    this.#popPath = true;
    return true;
  }

  #passOver(): false {
    this.path.pop();
    return false;
  }

  #leave(frame: Frame): true {
    this.#frames.pop();
    // A Module without Variables may stand at several paths of a tree.
    if (!this.#options.graph) this.#seen.delete(frame.node);
    this.node = frame.node;
    this.#popPath = true;
    return true;
  }

  #refuseCycle(value: object): never {
    const depth = this.#frames.findIndex((frame) => frame.node === value);
    throw new ValueError(
      `Cycle detected for ${typeNameOf(value)}\nfound at paths:\n\n  - ${pathText(this.path.slice(0, depth))}\n  - ${pathText(this.path)}\n\n` +
        `Cycles are not supported with graph=False. ${treeModeAdvice(this.#options.functionName)}`,
    );
  }

  #refuseShared(variable: object): void {
    const here = pathText(this.path);
    const before = this.#variablePaths.get(variable);
    if (before === undefined) this.#variablePaths.set(variable, here);
    else throw duplicateError(typeNameOf(variable), before, here, this.#options.functionName);
  }
}

function childrenToWalk(value: object, options: WalkOptions): Attributes {
  if (!isPytree(value)) {
    const children = containerChildren(value as Container);
    return options.graph && options.visit === 'data' ? withoutPlainValues(children) : children;
  }
  if (options.visit === 'modules') return attributesOf(value, (key, child) => isWanted(value, key, child, options.graph));
  if (options.graph && options.visit === 'all') {
    const all = attributesOf(value);
    all.keys.forEach((key, i) => attributeStatus(value, key, all.values[i])); // refuses Modules in unmarked containers
    return all;
  }
  return attributesOf(value, (key, child) => attributeStatus(value, key, child) === 'data');
}

/** The children of a Module or container that are data, sorted. */
export function dataChildren(node: object): Attributes {
  return childrenToWalk(node, { graph: true, visit: 'data', functionName: '' });
}

/** @throws ValueError, in tree mode, for objects of classes that are no Pytrees there. */
export function refuseUnwalkable(value: object, path: Path, functionName: string): void {
  if (!isPytree(value) || pytreeClass(value).pytree) return;
  const place = path.length > 0 ? ` Found at path: ${pathText(path)}.` : '';
  throw new ValueError(
    `Cannot use '${functionName}' with graph=False on a '${typeNameOf(value)}' instance that has pytree=False.${place} ` +
      treeModeAdvice(functionName),
  );
}

/** The error of tree mode on shared Variables. */
export function duplicateError(what: string, first: string, second: string, functionName: string): ValueError {
  return new ValueError(
    `Duplicate ${what}\nfound at paths:\n\n  - ${first}\n  - ${second}\n\n` +
      `Tree mode (graph=False) does not support shared references. ${treeModeAdvice(functionName)}`,
  );
}

// The common cases first: most attributes are numbers, text, null and Variables.
function isWanted(node: Pytree, key: PathPart, child: unknown, graph: boolean): boolean {
  if (child === null || (typeof child !== 'object' && typeof child !== 'function')) return false;
  if (child instanceof Variable) return !graph;
  return attributeStatus(node, key, child) === 'data';
}

/** Numbers, truth values and texts in containers are part of the structure; as in Flax, they are leaves in tree mode only. */
function withoutPlainValues({ keys, values }: Attributes): Attributes {
  const isKept = (_: unknown, i: number) => typeof values[i] === 'object' || typeof values[i] === 'function';
  return values.every(isKept) ? { keys, values } : { keys: keys.filter(isKept), values: values.filter(isKept) };
}

/** The elements of an array in order; the entries of an object, Map or State sorted by key. */
export function containerChildren(value: Container): Attributes {
  if (Array.isArray(value)) return { keys: value.map((_, i) => i), values: value };
  const entries: [PathPart, unknown][] = value instanceof Map || value instanceof State ? [...value.entries()] : Object.entries(value);
  if (value instanceof Map && new Set(entries.map(([key]) => typeof key)).size > 1)
    throw new ValueError(
      'Comparator raised exception while sorting pytree dictionary keys: a Map in a Module mixes integer and text keys. Use one kind.',
    );
  entries.sort((a, b) => compareParts(a[0], b[0]));
  return { keys: entries.map(([key]) => key), values: entries.map(([, child]) => child) };
}
