/** @file The common form of reductions, so that each states only what is its own. */
import { defineOp, type Example, type OpDescriptor } from '../../spec/define.ts';
import { p, type ArgsOf, type ParamSpecs } from '../../spec/params.ts';
import type { OnnxEntry } from '../../spec/onnx.ts';
import { port } from '../../spec/ports.ts';
import type { DataType, Shape } from '../../spec/shape.ts';
import type { tf } from '../../tensor/tf.ts';
import { resolveAxes } from './axes.ts';
import { read, requireEntries, requireType } from './ports.ts';
import { emitCall, operand } from './python.ts';
import type { TorchContext, TorchOp } from '../../spec/emit-pytorch.ts';
import { axesText, rankOf } from './pytorch.ts';
import { emitKeras } from './keras.ts';
import type { KerasOp } from '../../spec/emit-keras.ts';

/** `axis`: one, several, or `null` for all; `keepdims`: leave the reduced axes with length 1. */
export interface ReductionOptions {
  readonly axis?: number | readonly number[] | null;
  readonly keepdims?: boolean;
}

export const reductionParams = {
  axis: p.ints.nullable({ doc: 'The axes that are reduced; none given means all of them.' }),
  keepdims: p.bool({ default: false, doc: 'Leave the reduced axes in place with length 1.' }),
};

/** The axes as TensorFlow.js takes them, checked. */
export function axesOf(x: tf.Tensor, { axis = null }: ReductionOptions): number[] {
  return resolveAxes(axis, x.shape);
}

/** The shape after a reduction; `axes` count from 0. */
export function reduceShape(shape: Shape, axes: readonly number[], keepdims: boolean): Shape {
  return keepdims ? shape.map((dim, i) => (axes.includes(i) ? 1 : dim)) : shape.filter((_, i) => !axes.includes(i));
}

interface Reduction<P extends ParamSpecs> {
  readonly type: string;
  readonly doc: string;
  readonly keywords?: readonly string[];
  /** Besides `axis` and `keepdims`. */
  readonly params?: P;
  readonly apply: (x: tf.Tensor, options: ArgsOf<typeof reductionParams & P>) => tf.Tensor;
  readonly flax: string;
  readonly pytorch?: TorchOp;
  readonly onnx?: OnnxEntry;
  /** The name of the function of `keras.ops`, or an entry. */
  readonly keras: string | KerasOp;
  /** The type of the result for each type of input; absent: the same. */
  readonly dtype?: (input: DataType) => DataType;
  /** The types that are taken; absent: all. */
  readonly dtypes?: readonly DataType[];
  /** There is no result for no numbers, as the largest of them. */
  readonly needsEntries?: boolean;
  /** Besides those with `axis` and `keepdims`. */
  readonly examples?: readonly Example<typeof reductionParams & P>[];
}

/** An op of one input, `x`, that takes axes away. */
export function defineReductionOp<const P extends ParamSpecs = Record<never, never>>(op: Reduction<P>): OpDescriptor {
  const dtype = op.dtypes?.[0] ?? 'float32';
  return defineOp<typeof reductionParams & P>({
    type: op.type,
    family: 'reduction',
    doc: op.doc,
    ...(op.keywords ? { keywords: op.keywords } : {}),
    params: { ...reductionParams, ...op.params } as typeof reductionParams & P,
    inputs: { x: port() },
    outputs: { y: port() },
    infer: (inputs, args) => {
      const { axis, keepdims } = args as ArgsOf<typeof reductionParams>;
      const x = read(inputs, 'x');
      if (op.dtypes) requireType(x, op.dtypes, 'x');
      const axes = resolveAxes(axis, x.shape);
      if (op.needsEntries) requireEntries(x, axes);
      const shape = reduceShape(x.shape, axes, keepdims);
      return { y: { shape, dtype: op.dtype?.(x.dtype) ?? x.dtype } };
    },
    apply: (inputs, args) => op.apply(read(inputs, 'x'), args),
    emit: {
      flax: emitCall(op.flax),
      keras: typeof op.keras === 'string' ? emitKeras(op.keras, { axis: 'axis', keepdims: 'keepdims' }) : op.keras,
      ...(op.pytorch ? { pytorch: op.pytorch } : {}),
    },
    ...(op.onnx === undefined ? {} : { onnx: op.onnx }),
    examples: [
      ...([
        { inputs: { x: { shape: [2, 3], dtype } } },
        { args: { axis: -1 }, inputs: { x: { shape: [2, 3, 2], dtype } } },
        { args: { axis: [0, 2], keepdims: true }, inputs: { x: { shape: [2, 3, 2], dtype } } },
      ] as readonly Example<typeof reductionParams & P>[]),
      ...(op.examples ?? []),
    ],
  });
}

/** `x.sum(dim=1, keepdim=True)`. `more` gives further arguments, `on` what the method is of. */
export function torchReduction(
  method: string,
  more: (context: TorchContext) => string = () => '',
  on: (x: string, context: TorchContext) => string = (x) => x,
): TorchOp {
  return {
    write: ({ x }, context) => {
      const { axis, keepdims } = context.args;
      if (Array.isArray(axis) && axis.length === 0) context.refuse('It reduces no axis: PyTorch would reduce all of them.');
      const all = method === 'logsumexp' || keepdims === true ? axesText(Array.from({ length: rankOf(context) }, (_, i) => i)) : undefined;
      const dim = axis === null ? all && `dim=${all}` : `dim=${context.source('axis')}`;
      const parts = [dim, keepdims === true && 'keepdim=True', more(context)];
      return `${on(operand(x!), context)}.${method}(${parts.filter(Boolean).join(', ')})`;
    },
  };
}

/** Of what is no float, as a float. */
export function asTorchFloat(x: string, { spec }: TorchContext): string {
  return spec('x')?.dtype === 'float32' ? x : `${x}.float()`;
}

/** PyTorch adds integers up in 64 bits unless told otherwise. */
export function torchInteger({ spec }: TorchContext): string {
  return spec('x')?.dtype === 'float32' ? '' : 'dtype=torch.int32';
}
