/** @file Mapping a function over every node of a graph or tree. Port of nnx.recursive_map at 18f8f31. */
import { blankOf, copyGraph, entriesOf, isNode, putEntry } from './copy-graph.ts';
import { ValueError } from './errors.ts';
import { type GraphOption, isGraphMode, treeModeAdvice } from './graph-mode.ts';
import { type Path, type PathPart, pathText } from './path.ts';
import { attributesOf, attributeStatus, type Container, isPytree, type Pytree } from './pytree.ts';
import { typeNameOf } from './type-name.ts';
import { Variable } from './variable.ts';
import { containerChildren, duplicateError, refuseUnwalkable } from './walk.ts';

/** Gives what stands in a node's place; usually the node itself, changed. */
export type NodeMapper = (path: Path, node: unknown) => unknown;

/**
 * Applies `f` to every node and leaf of a copy of `root`, children before parents, siblings sorted, and returns the copy.
 * The copy has new Modules and containers and the same Variables. Graph mode also visits static values, and a shared node
 * once; tree mode only visits data, at every path. Port of nnx.recursive_map.
 * @throws ValueError on cycles, in both modes, as Flax does; in tree mode also on shared Variables.
 */
export function recursiveMap<T>(f: NodeMapper, root: T, { graph }: GraphOption = {}): T {
  return mapNodes((path, node) => f([...path], node), root, { graph });
}

/** As `recursiveMap`, with a path that is only valid during the call: in long chains, copying each path costs more than the rest. */
export function mapNodes<T>(f: NodeMapper, root: T, { graph }: GraphOption = {}): T {
  return (isGraphMode(graph) ? new Mapping(f, true).run(copyGraph(root)) : new Mapping(f, false).run(root)) as T;
}

interface Frame {
  readonly source: object;
  /**
   * What receives the results. Tree mode builds a new object per path. Graph mode changes the copied Module itself, and copies
   * a container before its first change: it may be static, and so the original's, or stand at a second path too.
   */
  target: object;
  readonly keys: readonly PathPart[];
  readonly values: readonly unknown[];
  next: number;
}

/** One run, with a stack of its own: chains of Modules may be longer than JavaScript's stack. */
class Mapping {
  readonly #path: PathPart[] = [];
  readonly #frames: Frame[] = [];
  /** Nodes on the way down, with the lengths of their paths. */
  readonly #inProgress = new Map<object, number>();
  readonly #results = new Map<object, unknown>();
  readonly #variablePaths = new Map<object, string>();
  readonly #f: NodeMapper;
  readonly #graph: boolean;

  constructor(f: NodeMapper, graph: boolean) {
    this.#f = f;
    this.#graph = graph;
  }

  run(root: unknown): unknown {
    let result = this.#enter(root);
    for (let frame = this.#frames.at(-1); frame; frame = this.#frames.at(-1)) {
      if (frame.next < frame.keys.length) {
        const i = frame.next++;
        this.#path.push(frame.keys[i]!);
        const entered = this.#enter(frame.values[i]);
        if (entered) this.#store(frame, i, entered.result, frame.values[i]);
        continue;
      }
      this.#frames.pop();
      this.#inProgress.delete(frame.source);
      if (Object.isFrozen(frame.source)) Object.freeze(frame.target);
      const mapped = this.#f(this.#path, frame.target);
      if (isPytree(frame.source)) this.#results.set(frame.source, mapped);
      const parent = this.#frames.at(-1);
      if (parent) this.#store(parent, parent.next - 1, mapped, frame.target);
      else result = { result: mapped };
    }
    return result?.result;
  }

  /** Maps a leaf or a node that is already done; for a node that is not, pushes it and returns nothing. */
  #enter(value: unknown): { result: unknown } | undefined {
    if (value instanceof Variable) return { result: this.#variable(value) };
    if (!isNode(value)) return { result: this.#f(this.#path, value) };
    if (this.#inProgress.has(value)) this.#refuseCycle(value);
    if (this.#graph && this.#results.has(value)) return { result: this.#results.get(value) };
    if (!this.#graph) refuseUnwalkable(value, this.#path, 'recursiveMap');
    this.#inProgress.set(value, this.#path.length);
    this.#frames.push({ source: value, target: this.#graph ? value : shallowCopy(value), ...this.#children(value), next: 0 });
    return undefined;
  }

  #variable(variable: Variable<unknown>): unknown {
    if (this.#graph && this.#results.has(variable)) return this.#results.get(variable);
    if (!this.#graph) {
      const here = pathText(this.#path);
      const before = this.#variablePaths.get(variable);
      if (before !== undefined) throw duplicateError(typeNameOf(variable), before, here, 'recursiveMap');
      this.#variablePaths.set(variable, here);
    }
    const mapped = this.#f(this.#path, variable);
    this.#results.set(variable, mapped);
    return mapped;
  }

  #children(node: Pytree | Container): { keys: readonly PathPart[]; values: readonly unknown[] } {
    if (!isPytree(node)) return containerChildren(node);
    const { keys, values } = attributesOf(node);
    if (this.#graph) return { keys, values };
    const isWanted = keys.map((key, i) => attributeStatus(node, key, values[i]) === 'data');
    return { keys: keys.filter((_, i) => isWanted[i]), values: values.filter((_, i) => isWanted[i]) };
  }

  /** Puts a result in the place of a child, which is `child` itself or the container that was built for it. */
  #store(frame: Frame, i: number, mapped: unknown, child: unknown): void {
    this.#path.pop();
    const key = frame.keys[i]!;
    if (this.#graph && mapped !== child && Array.isArray(frame.source) && Object.isFrozen(frame.source))
      throw new ValueError(
        `Cannot update key '${key}' for node of type '${typeNameOf(frame.source)}' because the node does not support mutation. ` +
          'It is a frozen array: change the child in place, or use a plain array.',
      );
    if (mapped === frame.values[i]) return;
    if (frame.target === frame.source && !isPytree(frame.source)) frame.target = shallowCopy(frame.source);
    putEntry(frame.target, key, mapped);
  }

  #refuseCycle(node: object): never {
    const here = pathText(this.#path);
    if (this.#graph)
      throw new ValueError(
        `Found cycle in the graph at path '${here}'. Node of type ${typeNameOf(node)} has already been visited but has not been returned yet. ` +
          'Break the cycle, or use setAttributes, which works on cycles.',
      );
    throw new ValueError(
      `Cycle detected for ${typeNameOf(node)}\nfound at paths:\n\n  - ${pathText(this.#path.slice(0, this.#inProgress.get(node)))}\n  - ${here}\n\n` +
        `Cycles are not supported with graph=False. ${treeModeAdvice('recursiveMap')}`,
    );
  }
}

function shallowCopy(node: object): object {
  const copy = blankOf(node, true);
  for (const [key, value] of entriesOf(node)) putEntry(copy, key, value);
  return copy;
}
