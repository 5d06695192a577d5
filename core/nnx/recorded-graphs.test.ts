/**
 * @file Random graphs of Modules, with sharing, cycles, containers and odd names, against what real Flax made of the same
 * ones in both modes: traversal, recursiveMap, setAttributes, withAttributes, view, viewInfo (`fixtures/record_graphs.py`).
 */
import { describe, expect, it } from 'vitest';
import { tf } from '../tensor/tf.ts';
import { Dict } from './dict.ts';
import { dispose } from './dispose.ts';
import { All, Any, type Filter, Not, PathContains, PathIn } from './filter.ts';
import { iterGraph } from './iterate.ts';
import { List } from './list.ts';
import { iterChildren, iterModules, Module } from './module.ts';
import type { Path, PathPart } from './path.ts';
import { data, isContainer, isPytree, Pytree } from './pytree.ts';
import { recursiveMap } from './recursive-map.ts';
import { typeNameOf } from './type-name.ts';
import { BatchStat, Cache, Param, type Variable } from './variable.ts';
import { view, viewInfo, withAttributes } from './view.ts';

type Value =
  | number
  | string
  | boolean
  | null
  | { readonly ref: number }
  | { readonly var: number }
  | { readonly shared: number }
  | { readonly fn: 0 }
  | { readonly list: readonly Value[] }
  | { readonly tuple: readonly Value[] }
  | { readonly dict: readonly (readonly [string, Value])[] }
  | { readonly map: readonly (readonly [number, Value])[] };
type Choice =
  | { readonly type: string }
  | { readonly is: boolean | string | null }
  | { readonly contains: PathPart; readonly exact: boolean }
  | { readonly in: readonly Path[] }
  | { readonly length: number }
  | { readonly not: Choice }
  | { readonly any: readonly Choice[] }
  | { readonly all: readonly Choice[] }
  | { readonly array: readonly Choice[] };
interface RecordedGraph {
  readonly nodes: readonly { readonly kind: string; readonly attributes: readonly (readonly [string, Value])[] }[];
  readonly vars: readonly ('Param' | 'BatchStat' | 'Cache')[];
  readonly shared: readonly Value[];
  readonly filter: Choice;
  readonly set: readonly string[];
  readonly raise: boolean;
  readonly view: Readonly<Record<string, number>>;
  readonly graph: Outcomes;
  readonly tree: Outcomes;
}
/** What each function gave, or `{ error: [class, first words] }`. */
type Outcomes = Readonly<Record<string, unknown>>;

const graphs = JSON.parse((await import('../fixtures/recorded/graphs.json?raw')).default) as readonly RecordedGraph[];

class Open extends Module {
  [name: string]: unknown;
}
class Bag extends Open {
  static override readonly typeName: string = 'Bag';
}
class SubBag extends Bag {
  static override readonly typeName: string = 'SubBag';
}
class Tagged extends Open {
  static override readonly typeName: string = 'Tagged';
}
Object.defineProperty(Tagged.prototype, 'tag', { value: 't', writable: true });
class Loose extends Open {
  static override readonly typeName: string = 'Loose';
  static override readonly pytree: boolean = false;
}
class Plain extends Pytree {
  static override readonly typeName: string = 'Plain';
  [name: string]: unknown;
}

type ViewOptions = Readonly<Record<string, number>>;
const option = (name: string) => ({ name, type: 'int | None', default: null });
const shown = (value: number | undefined) => value ?? 'None';

class Viewer extends Open {
  static override readonly typeName: string = 'Viewer';
  static readonly viewSpec = [option('mode'), option('size')];
  setView({ mode, size }: ViewOptions): void {
    this['log'] = `mode=${shown(mode)} size=${shown(size)}`;
  }
}
class AnyViewer extends Open {
  static override readonly typeName: string = 'AnyViewer';
  static readonly viewSpec = [option('mode')];
  static readonly viewAcceptsAny = true;
  setView({ mode, ...others }: ViewOptions): void {
    const rest = Object.keys(others).toSorted();
    this['log'] = `mode=${shown(mode)} ${rest.map((name) => `${name}=${others[name]}`).join(' ')}`;
  }
}
class PlainViewer extends Plain {
  static override readonly typeName: string = 'PlainViewer';
  static readonly viewSpec = [option('size')];
  setView({ size }: ViewOptions): void {
    this['log'] = `size=${shown(size)}`;
  }
}

const classes = { Bag, SubBag, Tagged, Plain, Loose, Viewer, AnyViewer, PlainViewer };
const types = { Param, BatchStat, Cache };

function filterOf(choice: Choice): Filter {
  if ('type' in choice) return { ...classes, Module, Pytree }[choice.type as keyof typeof classes];
  if ('is' in choice) return choice.is;
  if ('contains' in choice) return new PathContains(choice.contains, { exact: choice.exact });
  if ('in' in choice) return new PathIn(...choice.in);
  if ('length' in choice) return (path) => path.length === choice.length;
  if ('not' in choice) return new Not(filterOf(choice.not));
  if ('any' in choice) return new Any(...choice.any.map(filterOf));
  if ('all' in choice) return new All(...choice.all.map(filterOf));
  return choice.array.map(filterOf);
}

const fn = () => 0;

/** A graph as it was recorded, and how its parts are called there. */
class Graph {
  readonly nodes: (Module | Plain)[];
  readonly variables: Variable[];
  readonly #shared = new Map<number, unknown>();
  readonly #names: Map<unknown, string>;
  readonly #recorded: RecordedGraph;

  constructor(recorded: RecordedGraph) {
    this.#recorded = recorded;
    this.variables = recorded.vars.map((type, i) => new types[type](tf.scalar(i)));
    this.nodes = recorded.nodes.map(({ kind }) => {
      if (kind === 'List') return new List<unknown>();
      return kind === 'Dict' ? new Dict() : new classes[kind as keyof typeof classes]();
    });
    recorded.nodes.forEach(({ attributes }, i) => {
      const node = this.nodes[i]!;
      for (const [name, given] of attributes) {
        const value = this.#value(given);
        if (isContainer(value)) data(value);
        if (node instanceof List) node.append(value as Module);
        else Object.defineProperty(node, name, { value, enumerable: true, writable: true, configurable: true });
      }
    });
    this.#names = new Map<unknown, string>([
      ...this.nodes.map((node, i) => [node, `#${i}`] as const),
      ...this.variables.map((variable, i) => [variable, `v${i}`] as const),
    ]);
  }

  get root(): Module {
    return this.nodes[0] as Module;
  }

  #value(given: Value): unknown {
    if (typeof given !== 'object' || given === null) return given;
    if ('ref' in given) return this.nodes[given.ref];
    if ('var' in given) return this.variables[given.var];
    if ('fn' in given) return fn;
    if ('list' in given) return given.list.map((part) => this.#value(part));
    if ('tuple' in given) return Object.freeze(given.tuple.map((part) => this.#value(part)));
    if ('dict' in given) return Object.fromEntries(given.dict.map(([key, part]) => [key, this.#value(part)]));
    if ('map' in given) return new Map(given.map.map(([key, part]) => [key, this.#value(part)]));
    const made = this.#shared.get(given.shared) ?? this.#value(this.#recorded.shared[given.shared]!);
    this.#shared.set(given.shared, made);
    return made;
  }

  name(node: unknown): unknown {
    const own = this.#names.get(node);
    if (own !== undefined) return own;
    if (typeof node === 'function') return 'fn';
    if (isPytree(node)) return typeNameOf(node);
    if (Array.isArray(node)) return '[]';
    return typeof node === 'object' ? '{}' : node;
  }

  dispose(): void {
    dispose(this.variables);
  }
}

const isHidden = (path: Path) => path.includes('_length');
/** Python has one null and one empty tuple, which a traversal meets once (ITG-002): they are not recorded. */
const isSeen = (path: Path, node: unknown) =>
  !isHidden(path) && node !== null && !(Array.isArray(node) && Object.isFrozen(node) && node.length === 0);
const isNew = (node: object, name: string) => Object.hasOwn(node, name) && (node as Record<string, unknown>)[name] === 'NEW';

function attempt(action: () => unknown): unknown {
  try {
    return action() ?? null;
  } catch (error) {
    const { name, message } = error as Error;
    return { error: [name, /^[A-Z][a-z]+( [a-z]+)?/.exec(message)?.[0]] };
  }
}

/** The outcomes of one graph, in the form and order of the recording. */
function outcomesOf(recorded: RecordedGraph, graph: boolean): Outcomes {
  const built: Graph[] = [];
  const build = () => {
    const made = new Graph(recorded);
    built.push(made);
    return made;
  };
  const given = build();
  const { root } = given;
  const options = { only: filterOf(recorded.filter), raiseIfNotFound: recorded.raise, graph };
  const values = Object.fromEntries(recorded.set.map((name) => [name, 'NEW']));
  const actions: Readonly<Record<string, () => unknown>> = {
    modules: () => [...iterModules(root, { graph })].map(([path, node]) => [path, given.name(node)]),
    children: () => [...iterChildren(root, { graph })].filter(([key]) => !isHidden([key])).map(([key, node]) => [key, given.name(node)]),
    all: () => [...iterGraph(root, { graph })].filter(([path, node]) => isSeen(path, node)).map(([path, node]) => [path, given.name(node)]),
    mapped: () => {
      const seen: unknown[] = [];
      const f = (path: Path, node: unknown): unknown => {
        if (isSeen(path, node)) seen.push([path, given.name(node)]);
        return typeof node === 'number' && !isHidden(path) ? node + 100 : node;
      };
      const result = recursiveMap(f, root, { graph });
      return [seen, [...iterGraph(result, { graph })].filter(([path, node]) => typeof node === 'number' && !isHidden(path))];
    },
    set: () => {
      const { nodes, root: changed } = build();
      const refused = attempt(() => changed.setAttributes(values, options));
      return [refused, recorded.set.map((name) => nodes.flatMap((node, i) => (isNew(node, name) ? [i] : [])))];
    },
    with: () => {
      const result = withAttributes(root, values, options);
      return [...iterModules(result, { graph })].flatMap(([path, node]) =>
        recorded.set.filter((name) => isNew(node, name)).map((name) => [path, name]),
      );
    },
    view: () => {
      const result = view(root, recorded.view, options);
      return [...iterGraph(result, { graph })].flatMap(([path, node]) =>
        isPytree(node) && Object.hasOwn(node, 'log') ? [[path, (node as Open)['log']]] : [],
      );
    },
    info: () =>
      viewInfo(root, options)
        .split('\n')
        .filter((line) => !line.startsWith('  ')),
  };
  const outcomes = Object.fromEntries(Object.entries(actions).map(([name, action]) => [name, attempt(action)]));
  for (const { nodes } of built) expect(nodes.filter((node) => Object.hasOwn(node, 'log'))).toEqual([]);
  built.forEach((made) => made.dispose());
  return outcomes;
}

describe('graphs of Modules that real Flax walked', () => {
  it.each([
    ['graph', true],
    ['tree', false],
  ] as const)('have the same outcomes in %s mode', (mode, graph) => {
    const before = tf.memory().numTensors;
    for (const [i, recorded] of graphs.entries()) expect(outcomesOf(recorded, graph), `graph ${i}`).toEqual(recorded[mode]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
