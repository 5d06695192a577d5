/** @file An ONNX graph while it is made: nodes, constants, and weights by the name of where they come from. */
import type { OnnxAttribute, OnnxAttributes, OnnxContext, OnnxValue, ScanOptions, WeightForm } from '../../spec/onnx.ts';
import type { Args } from '../../spec/params.ts';
import type { DataType, Shape, TensorSpec } from '../../spec/shape.ts';

export interface GraphNode {
  readonly type: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: OnnxAttributes;
  /** Of a loop: what is done at each step. */
  readonly body?: Body;
}

/** A graph within a node, which sees the values around it. */
export interface Body {
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly string[];
}

export interface Constant {
  readonly kind: 'constant';
  readonly dtype: DataType | 'int64';
  readonly shape: readonly number[];
  readonly numbers: readonly number[];
}

export interface WeightUse {
  readonly kind: 'weight';
  /** Names that the weight may have in a file, by Flax's paths: shared ones stand under the first. */
  readonly names: readonly string[];
  readonly form: WeightForm;
}

export class Uncovered extends Error {
  override readonly name = 'Uncovered';
}

/** Where a part stands: how its nodes and its weights are called. */
export interface Place {
  /** `blocks.0.attention`; empty for the root. */
  readonly label: string;
  /** Names under which weights of the Module may stand. */
  readonly paths: readonly string[];
}

export class GraphBuilder {
  readonly initializers = new Map<string, Constant | WeightUse>();
  private nodes: GraphNode[] = [];
  private readonly made = new Map<string, GraphNode>();
  private readonly names = new Set<string>();
  private readonly constants = new Map<string, string>();

  /** A name that nothing else has. */
  freeName(wish: string): string {
    let name = wish;
    for (let i = 2; this.names.has(name); i++) name = `${wish}_${i}`;
    this.names.add(name);
    return name;
  }

  add(
    type: string,
    inputs: readonly string[],
    count: number,
    label: string,
    attributes: OnnxAttributes = {},
    body?: Body,
  ): readonly string[] {
    // Two turns that undo each other, as between layers that want the channels elsewhere, are none.
    const before = type === 'Transpose' ? this.made.get(inputs[0]!) : undefined;
    if (before?.type === 'Transpose') {
      const [first, second] = [before.attributes['perm'], attributes['perm']] as [readonly number[], readonly number[]];
      if (second.every((axis, i) => first[axis] === i)) return [before.inputs[0]!];
    }
    const name = this.freeName(label === '' ? type : `${label}/${type}`);
    const outputs = Array.from({ length: count }, (_, i) => (i === 0 ? name : this.freeName(`${name}.${i}`)));
    const node: GraphNode = { type, name, inputs, outputs, attributes, ...(body ? { body } : {}) };
    this.nodes.push(node);
    for (const output of outputs) this.made.set(output, node);
    return outputs;
  }

  constant(value: Omit<Constant, 'kind'>): string {
    const key = JSON.stringify([value.dtype, value.shape, value.numbers.map((each) => (Number.isFinite(each) ? each : String(each)))]);
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const isShort = value.numbers.length === 1 && value.shape.length === 0;
    const name = this.freeName(isShort ? `constant_${value.numbers[0]}` : 'constant');
    this.initializers.set(name, { kind: 'constant', ...value });
    this.constants.set(key, name);
    return name;
  }

  weight(names: readonly string[], form: WeightForm): string {
    const key = JSON.stringify([names[0], form]);
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const name = this.freeName(names[0]!);
    this.initializers.set(name, { kind: 'weight', names, form });
    this.constants.set(key, name);
    return name;
  }

  /** What `make` adds, as a graph of its own. */
  inside(inputs: readonly OnnxValue[], make: () => readonly string[]): Body {
    const outer = this.nodes;
    this.nodes = [];
    try {
      const outputs = make().map((name) => {
        // An output of a body must be made in it, and only once.
        return this.add('Identity', [name], 1, 'step')[0]!;
      });
      return { nodes: this.nodes, inputs, outputs };
    } finally {
      this.nodes = outer;
    }
  }

  /** The nodes that lead to these values, in order. */
  nodesFor(outputs: readonly string[]): readonly GraphNode[] {
    return liveNodes(this.nodes, new Set(outputs));
  }
}

/** `needed` grows by what the nodes need. */
function liveNodes(nodes: readonly GraphNode[], needed: Set<string>): readonly GraphNode[] {
  const live: GraphNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((name) => needed.has(name))) continue;
    for (const name of node.inputs) needed.add(name);
    if (!node.body) live.push(node);
    else {
      for (const name of node.body.outputs) needed.add(name);
      live.push({ ...node, body: { ...node.body, nodes: liveNodes(node.body.nodes, needed) } });
    }
  }
  return live.reverse();
}

/** Names that nodes read, those in bodies included. */
export function readBy(nodes: readonly GraphNode[]): ReadonlySet<string> {
  return new Set(nodes.flatMap((node) => [...node.inputs, ...(node.body ? readBy(node.body.nodes) : [])]));
}

export interface ContextParts {
  readonly graph: GraphBuilder;
  readonly place: Place;
  readonly args: Args;
  readonly outputs: Readonly<Record<string, TensorSpec>>;
}

/** What an entry writes into the graph with. */
export function makeContext({ graph, place, args, outputs }: ContextParts): OnnxContext {
  const context: OnnxContext = {
    args,
    outputs,
    node: (type, inputs, attributes) => graph.add(type, inputs, 1, place.label, attributes)[0]!,
    nodes: (type, inputs, count, attributes) => graph.add(type, inputs, count, place.label, attributes),
    ints: (numbers) => graph.constant({ dtype: 'int64', shape: [numbers.length], numbers }),
    constant: (value, dtype = 'float32', shape = typeof value === 'number' ? [] : [value.length]) =>
      graph.constant({ dtype, shape, numbers: typeof value === 'number' ? [value] : value }),
    cast: ({ name, dtype }, to) => (dtype === to ? name : context.node('Cast', [name], { to: DATA_TYPES[to] })),
    reshape: (name, from, to) => context.node('Reshape', [name, context.ints(targetShape(from, to, context))]),
    weight: (name, form = {}) =>
      graph.weight(
        place.paths.map((path) => [path, name].filter(Boolean).join('.')),
        form,
      ),
    scan: (options) => scan(graph, place, options),
    within: (name, given) => {
      const paths = place.paths.map((path) => [path, name].filter(Boolean).join('.'));
      return makeContext({ graph, place: { label: place.label, paths }, args: given, outputs: {} });
    },
    refuse: (reason) => {
      throw new Uncovered(reason);
    },
  };
  return context;
}

/** The numbers of ONNX for types of data. */
export const DATA_TYPES = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;

/** One length may be left open; others whose length only a run tells must stand where they stood. */
function targetShape(from: Shape, to: Shape, context: OnnxContext): readonly number[] {
  const open = to.filter((dim) => typeof dim !== 'number').length;
  if (open <= 1) return to.map((dim) => (typeof dim === 'number' ? dim : -1));
  const target = to.map((dim, i) => (typeof dim === 'number' ? dim : dim === from[i] ? 0 : -1));
  if (target.filter((dim) => dim === -1).length > 1) context.refuse('More than one length of its result is known only in a run.');
  return target;
}

function scan(graph: GraphBuilder, place: Place, { states, sequence, axis, reverse, keepOrder, step }: ScanOptions): readonly string[] {
  const named = (wish: string, { shape, dtype }: TensorSpec): OnnxValue => ({
    name: graph.freeName(`${place.label === '' ? '' : `${place.label}/`}${wish}`),
    shape,
    dtype,
  });
  const inner = states.map((state, i) => named(`state${i}`, state));
  const slice = named('slice', { shape: sequence.shape.toSpliced(axis, 1), dtype: sequence.dtype });
  const body = graph.inside([...inner, slice], () => {
    const done = step(inner, slice);
    return [...done.states, done.output];
  });
  const attributes: Record<string, OnnxAttribute> = { num_scan_inputs: 1, scan_input_axes: [axis], scan_output_axes: [axis] };
  if (reverse) attributes['scan_input_directions'] = [1];
  if (reverse && keepOrder) attributes['scan_output_directions'] = [1];
  const inputs = [...states.map(({ name }) => name), sequence.name];
  return graph.add('Scan', inputs, states.length + 1, place.label, attributes, body);
}
