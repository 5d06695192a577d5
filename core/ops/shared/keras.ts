/** @file Pieces of Keras source that the entries of ops and layers share. */
import { kerasGap, type KerasContext, type KerasOp } from '../../spec/emit-keras.ts';
import type { Dim, TensorSpec } from '../../spec/shape.ts';
import { isName, operand, pythonCall } from './python.ts';

export const OPS = 'from keras import ops';

/** `ops.name(a, b)`. */
export function kerasOps(context: Pick<KerasContext, 'use'>, name: string, ...parts: readonly string[]): string {
  context.use(OPS);
  return pythonCall(`ops.${name}`, ...parts);
}

/** A call of `ops.name` with the inputs in port order and the parameters by Keras's words, those that are defaults left out. */
export function emitKeras(name: string, named: Readonly<Record<string, string>> = {}, always: readonly string[] = []): KerasOp {
  return (inputs, context) => kerasOps(context, name, ...Object.values(inputs), context.kwargs({ named, always }));
}

/** `a + b` where both are of one type, `ops.add(a, b)` elsewhere: TensorFlow's operators do not promote. */
export function kerasOperator(symbol: string, name: string, { onlyFloats = false } = {}): KerasOp {
  return (inputs, context) => {
    const types = Object.keys(inputs).map((port) => context.spec(port)?.dtype);
    const isPlain = types.every((type) => type !== undefined && type === types[0] && (!onlyFloats || type === 'float32'));
    if (!isPlain) return kerasOps(context, name, ...Object.values(inputs));
    return Object.values(inputs).map(operand).join(` ${symbol} `);
  };
}

/** What is known of an input. @throws KerasGap where its number of axes is not the same wherever the class is used. */
export function needSpec(context: KerasContext, port = 'x'): TensorSpec {
  return context.spec(port) ?? kerasGap('What comes in has not the same number of axes wherever the class is used.');
}

/** Its number of axes. */
export function kerasRank(context: KerasContext, port = 'x'): number {
  return needSpec(context, port).shape.length;
}

/** A length that has to be a number. */
export function needLength(dim: Dim | undefined): number {
  return typeof dim === 'number' ? dim : kerasGap(`The length ${String(dim)} is known when it runs only.`);
}

/** The source of a shape: numbers, one -1 for what is not known, and the length of an axis of the value `x` elsewhere. */
export function shapeSource(
  dims: readonly Dim[],
  context: Pick<KerasContext, 'use'>,
  x?: { readonly name: string; readonly dims: readonly Dim[] },
): string {
  const open = dims.filter((dim) => typeof dim !== 'number');
  const parts = dims.map((dim, i) => {
    if (typeof dim === 'number') return String(dim);
    if (open.length === 1) return '-1';
    if (x?.dims[i] !== dim || !isName(x.name)) return kerasGap('Several of its lengths are known when it runs only.');
    return `${kerasOps(context, 'shape', x.name)}[${i}]`;
  });
  return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(', ')})`;
}

/** Calls with exactly one batch axis: adds one, or merges several, and undoes it on the result. */
export function withOneBatch(x: string, context: KerasContext, spatial: number, call: (x: string) => string): string {
  const { shape } = needSpec(context);
  const batch = shape.length - spatial - 1;
  if (batch === 1) return call(x);
  if (batch === 0) return `${call(`${operand(x)}[None]`)}[0]`;
  const out = context.output('y')?.shape ?? kerasGap('Its lengths are not known.');
  const merged = kerasOps(context, 'reshape', x, shapeSource(['batch', ...shape.slice(batch)], context));
  return kerasOps(context, 'reshape', call(merged), shapeSource(out, context, { name: x, dims: shape }));
}

/** Integers as floats. */
export function floatSource(x: string, context: KerasContext, port = 'x'): string {
  return context.spec(port)?.dtype === 'float32' ? x : kerasOps(context, 'cast', x, "'float32'");
}

export type KerasPadding = readonly (readonly [number, number])[];

/** The value with places around it, two numbers for each axis. */
export function kerasPad(x: string, context: KerasContext, pairs: KerasPadding, shape: readonly Dim[], mode: string, value = ''): string {
  if (pairs.every(([low, high]) => low === 0 && high === 0)) return x;
  const isInside = pairs.every(
    ([low, high], i) => low + high === 0 || Math.max(low, high) < needLength(shape[i]) + (mode === 'symmetric' ? 1 : 0),
  );
  if (mode === 'constant' || (['reflect', 'symmetric'].includes(mode) && isInside)) {
    const widths = `(${pairs.map(([low, high]) => `(${low}, ${high})`).join(', ')}${pairs.length === 1 ? ',' : ''})`;
    return kerasOps(context, 'pad', x, widths, mode === 'constant' ? value : `mode='${mode}'`);
  }
  return pairs.reduce((source, [low, high], i) => {
    if (low === 0 && high === 0) return source;
    const n = needLength(shape[i]);
    const last = n - 1;
    const index =
      mode === 'wrap' ? `i % ${n}` : mode === 'edge' ? `min(max(i, 0), ${last})` : kerasGap(`Keras cannot pad by ${mode} so far.`);
    return kerasOps(context, 'take', source, `[${index} for i in range(${-low}, ${n + high})]`, `axis=${i}`);
  }, x);
}

/** Mean, sum or nothing over the losses of the examples. */
export function reducedLoss(losses: string, context: KerasContext): string {
  const reduction = context.args['reduction'] ?? 'mean';
  return reduction === 'none' ? losses : kerasOps(context, String(reduction), losses);
}

/** `ops.std` or `ops.var`, which divide by how many there are: fewer of them make it larger. */
export function kerasSpread(name: 'std' | 'var', { x }: Readonly<Record<string, string>>, context: KerasContext): string {
  const spread = kerasOps(context, name, x!, context.kwargs({ named: { axis: 'axis', keepdims: 'keepdims' } }));
  const ddof = context.args['ddof'] as number;
  if (ddof === 0) return spread;
  const { shape } = needSpec(context);
  const axes = context.args['axis'] === null ? shape.map((_, i) => i) : ([context.args['axis']].flat() as number[]);
  const count = axes.reduce((product, axis) => product * needLength(shape.at(axis)), 1);
  if (count <= ddof) return kerasGap(`There are ${count} numbers, and ddof is ${ddof}.`);
  const factor = `${count} / ${count - ddof}`;
  return name === 'var' ? `${spread} * (${factor})` : `${spread} * (${factor}) ** 0.5`;
}
