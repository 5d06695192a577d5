/** @file How a descriptor writes itself as nodes of an ONNX graph, for inference. Names are those of the operators of opset 20. */
import type { Args } from './params.ts';
import type { DataType, Shape, TensorSpec } from './shape.ts';

/** A value of the graph by its name, with what is known of it. */
export interface OnnxValue extends TensorSpec {
  readonly name: string;
}

/** Whole numbers are ints; a float says so. */
export type OnnxAttribute = number | string | readonly number[] | { readonly float: number };
export type OnnxAttributes = Readonly<Record<string, OnnxAttribute>>;

/** What is made of a weight before it is written. */
export interface WeightForm {
  /** The axes in a new order. */
  readonly order?: readonly number[];
  /** Axes, as the weight has them, along which it is turned around. */
  readonly flip?: readonly number[];
  /** After the order. */
  readonly shape?: readonly number[];
}

export interface ScanOptions {
  /** Before the first step. */
  readonly states: readonly OnnxValue[];
  /** Cut along `axis`, from the end if `reverse`. */
  readonly sequence: OnnxValue;
  readonly axis: number;
  readonly reverse: boolean;
  /** What comes out stands in the order of the sequence, also if it was gone through from the end. */
  readonly keepOrder: boolean;
  /** One step: the names of the next states, and of what comes out. */
  readonly step: (states: readonly OnnxValue[], slice: OnnxValue) => { readonly states: readonly string[]; readonly output: string };
}

/** What an entry writes with. Methods give the names of what they made. */
export interface OnnxContext {
  /** The arguments, complete. */
  readonly args: Args;
  /** What leaves the ports. */
  readonly outputs: Readonly<Record<string, TensorSpec>>;
  /** A node with one output. An input that is left out is an empty name. */
  node(type: string, inputs: readonly string[], attributes?: OnnxAttributes): string;
  nodes(type: string, inputs: readonly string[], count: number, attributes?: OnnxAttributes): readonly string[];
  /** A list of int64, as shapes and axes are given. */
  ints(values: readonly number[]): string;
  /** A single number has no axes; a list one axis unless a shape is given. */
  constant(values: number | readonly number[], dtype?: DataType, shape?: readonly number[]): string;
  cast(value: Pick<OnnxValue, 'name' | 'dtype'>, dtype: DataType): string;
  /** The same numbers in a shape of which the lengths are known, or taken over, but one. Refuses what ONNX cannot say. */
  reshape(name: string, from: Shape, to: Shape): string;
  /** A weight of the Module by its name in Flax: `kernel`, `cell.dense_i.kernel`. */
  weight(name: string, form?: WeightForm): string;
  /** Goes along an axis step by step: the states after the last one, then what came out, stacked along the axis. */
  scan(options: ScanOptions): readonly string[];
  /** The same for a part with arguments of its own, and weights below a name. */
  within(name: string, args: Args): OnnxContext;
  /** The node cannot be expressed. */
  refuse(reason: string): never;
}

export type OnnxInputs = Readonly<Record<string, OnnxValue>>;

/** The operator of that name with the inputs in port order and no attributes; or what makes the nodes, and gives the name of the output, or names by port. */
export type OnnxEntry = string | ((inputs: OnnxInputs, context: OnnxContext) => string | Readonly<Record<string, string>>);

export function writeOnnx(entry: OnnxEntry, inputs: OnnxInputs, context: OnnxContext): string | Readonly<Record<string, string>> {
  if (typeof entry !== 'string') return entry(inputs, context);
  return context.node(
    entry,
    Object.values(inputs).map(({ name }) => name),
  );
}

/** The only output of an entry. */
export function writeOneOnnx(entry: OnnxEntry, inputs: OnnxInputs, context: OnnxContext): string {
  const written = writeOnnx(entry, inputs, context);
  return typeof written === 'string' ? written : Object.values(written)[0]!;
}

/** The length of an axis that must be known when the graph is written. */
export function knownLength({ shape }: TensorSpec, axis: number, context: OnnxContext): number {
  const length = shape.at(axis);
  if (typeof length === 'number') return length;
  return context.refuse(`The length of its axis ${axis} is known only in a run, and ONNX needs it here.`);
}

/** Picks places along an axis, in an order, any of them several times. */
export function pickOnnx(name: string, axis: number, places: readonly number[], context: OnnxContext): string {
  return context.node('Gather', [name, context.ints(places)], { axis });
}

/** From one order of axes to another: `to[i]` is the old axis that comes i-th. */
export function transposeOnnx(name: string, perm: readonly number[], context: OnnxContext): string {
  return perm.every((axis, i) => axis === i) ? name : context.node('Transpose', [name], { perm });
}

/** (name − mean) / √(variance + epsilon) over axes, from which the mean is taken unless told otherwise. */
export function normalizeOnnx(name: string, axes: readonly number[], epsilon: number, context: OnnxContext, useMean = true): string {
  const over = context.ints(axes);
  const mean = (of: string) => context.node('ReduceMean', [of, over], { keepdims: 1 });
  const centred = useMean ? context.node('Sub', [name, mean(name)]) : name;
  const variance = mean(context.node('Mul', [centred, centred]));
  const deviation = context.node('Sqrt', [context.node('Add', [variance, context.constant(epsilon)])]);
  return context.node('Div', [centred, deviation]);
}
