/** @file What ops share when they write themselves as nodes of ONNX. */
import { knownLength, type OnnxAttributes, type OnnxContext, type OnnxEntry, type OnnxValue } from '../../spec/onnx.ts';
import type { Args } from '../../spec/params.ts';
import type { DataType } from '../../spec/shape.ts';
import { resolveAxes, resolveAxis } from './axes.ts';
import { wider } from './elementwise.ts';

/** One operator over the inputs in port order, with attributes from the arguments. */
export function onnxNode(type: string, attributes: (args: Args) => OnnxAttributes = () => ({})): OnnxEntry {
  return (inputs, { args, node }) =>
    node(
      type,
      Object.values(inputs).map(({ name }) => name),
      attributes(args),
    );
}

/** The type that holds all of them. */
export function common(values: readonly OnnxValue[]): DataType {
  return values.map(({ dtype }) => dtype).reduce(wider);
}

/** An operator of two inputs that ONNX broadcasts as NumPy does, but of one type; truth values count as integers unless it takes them. */
export function onnxBroadcast(
  type: string,
  { dtype, takesBool = false }: { readonly dtype?: DataType; readonly takesBool?: boolean } = {},
): OnnxEntry {
  return ({ a, b }, { node, cast }) => {
    const both = dtype ?? common([a!, b!]);
    const to = both === 'bool' && !takesBool ? 'int32' : both;
    return node(type, [cast(a!, to), cast(b!, to)]);
  };
}

/** A reduction over `axis`, all of them where none is given. `ofBool` is what truth values are counted as. */
export function onnxReduction(type: string, { isFloat = false } = {}): OnnxEntry {
  return ({ x }, context) => {
    const { args, outputs, node, cast } = context;
    const dtype = isFloat ? 'float32' : x!.dtype === 'bool' ? 'int32' : x!.dtype;
    const given = cast(x!, dtype);
    const axes = resolveAxes(args['axis'] as number | readonly number[] | null, x!.shape);
    const reduced = axes.length === 0 ? given : node(type, [given, context.ints(axes)], { keepdims: args['keepdims'] === true ? 1 : 0 });
    return cast({ name: reduced, dtype }, outputs['y']?.dtype ?? dtype);
  };
}

/** E[(x − mean)²], with the correction of `ddof`. */
export function onnxVariance(x: OnnxValue, context: OnnxContext): string {
  const { args, node, cast, ints, constant, refuse } = context;
  const axes = resolveAxes(args['axis'] as number | readonly number[] | null, x.shape);
  const given = cast(x, 'float32');
  if (axes.length === 0) return refuse('It is a variance over no axes.');
  const over = ints(axes);
  const centred = node('Sub', [given, node('ReduceMean', [given, over], { keepdims: 1 })]);
  const variance = node('ReduceMean', [node('Mul', [centred, centred]), over], { keepdims: args['keepdims'] === true ? 1 : 0 });
  const ddof = args['ddof'] as number;
  if (ddof === 0) return variance;
  const count = axes.reduce((product, axis) => product * knownLength(x, axis, context), 1);
  return node('Mul', [variance, constant(count / (count - ddof))]);
}

/** The index along `axis`, or among all numbers read row by row. */
export function onnxIndex(type: string): OnnxEntry {
  return ({ x }, context) => {
    const { args, node, cast } = context;
    const given = cast(x!, x!.dtype === 'bool' ? 'int32' : x!.dtype);
    const axis = args['axis'] as number | null;
    const searched = axis === null ? node('Reshape', [given, context.ints([-1])]) : given;
    const found = node(type, [searched], { axis: axis === null ? 0 : resolveAxis(axis, x!.shape), keepdims: 0 });
    return node('Cast', [found], { to: 6 });
  };
}

/** Each slice along an axis so many times in a row. */
export function onnxRepeat(x: OnnxValue, axis: number, times: number, context: OnnxContext): OnnxValue {
  const { node, ints, reshape } = context;
  const at = resolveAxis(axis, x.shape);
  const wide = x.shape.toSpliced(at + 1, 0, 1);
  const tiled = node('Tile', [node('Unsqueeze', [x.name, ints([at + 1])]), ints(wide.map((_, i) => (i === at + 1 ? times : 1)))]);
  const length = x.shape[at]!;
  const shape = x.shape.with(at, typeof length === 'number' ? length * times : `${length}`);
  if (typeof length !== 'number' && shape.some((dim, i) => i !== at && typeof dim !== 'number'))
    return context.refuse('Two lengths of its result are known only in a run.');
  return {
    name:
      typeof length === 'number'
        ? reshape(tiled, x.shape, shape)
        : node('Reshape', [tiled, ints(shape.map((dim) => (typeof dim === 'number' ? dim : -1)))]),
    shape,
    dtype: x.dtype,
  };
}

/** `losses` as the op's `reduction` says. */
export function onnxLoss(losses: string, { args, node }: OnnxContext): string {
  const reduction = args['reduction'] ?? 'mean';
  return reduction === 'none' ? losses : node(reduction === 'sum' ? 'ReduceSum' : 'ReduceMean', [losses], { keepdims: 0 });
}

/** Keeps the lower or the upper triangle of the last two axes. */
export function onnxTriangle(isKept: (row: number, column: number, k: number) => boolean): OnnxEntry {
  return ({ x }, context) => {
    const { args, node, constant } = context;
    const [rows, columns] = [knownLength(x!, -2, context), knownLength(x!, -1, context)];
    const k = args['k'] as number;
    const mask = Array.from({ length: rows * columns }, (_, i) => Number(isKept(Math.floor(i / columns), i % columns, k)));
    return node('Where', [constant(mask, 'bool', [rows, columns]), x!.name, constant(0, x!.dtype)]);
  };
}

/** Truth values of a lower triangle. */
export function onnxCausal(rows: number, columns: number, { constant }: OnnxContext): string {
  return constant(
    Array.from({ length: rows * columns }, (_, i) => Number(i % columns <= Math.floor(i / columns))),
    'bool',
    [rows, columns],
  );
}
