/** @file The common form of ops that map each number by itself, so that such an op states only what is its own. */
import { tf } from '../../tensor/tf.ts';
import { defineOp, type Example, type Family, type OpDescriptor } from '../../spec/define.ts';
import type { OpEmitter, TypeScriptOp } from '../../spec/emit.ts';
import type { TorchOp } from '../../spec/emit-pytorch.ts';
import type { OnnxEntry } from '../../spec/onnx.ts';
import { reshaping } from '../../spec/mend.ts';
import type { ArgsOf, ParamSpecs } from '../../spec/params.ts';
import { port } from '../../spec/ports.ts';
import { reject } from '../../spec/reject.ts';
import { broadcastShapes, formatShape, type DataType, type TensorSpec } from '../../spec/shape.ts';
import { read, requireType } from './ports.ts';
import { torchCall } from './pytorch.ts';
import { emitCall } from './python.ts';
import { emitKeras } from './keras.ts';
import type { KerasOp } from '../../spec/emit-keras.ts';

interface Elementwise<P extends ParamSpecs> {
  readonly type: string;
  readonly family?: Family;
  readonly doc: string;
  readonly keywords?: readonly string[];
  readonly params?: P;
  readonly apply: (x: tf.Tensor, args: ArgsOf<P>) => tf.Tensor;
  /** The dotted name of the Python function with the same parameters, or an emitter. */
  readonly flax: string | OpEmitter;
  readonly typescript?: TypeScriptOp;
  /** The dotted name of PyTorch's function of one input, or an entry. */
  readonly pytorch?: string | TorchOp;
  readonly onnx?: OnnxEntry;
  /** The name of the function of `keras.ops` that takes the input alone, or an entry. */
  readonly keras?: string | KerasOp;
  /** The types that are taken and, unless `dtype` says otherwise, given back; float32 alone if absent. */
  readonly dtypes?: readonly DataType[];
  /** The type of the result where it is another than the input's. */
  readonly dtype?: (input: DataType, args: ArgsOf<P>) => DataType;
  /** Further checks on input and arguments. */
  readonly check?: (x: TensorSpec, args: ArgsOf<P>) => void;
  readonly examples?: readonly Example<P>[];
}

/** An op of one input, `x`, whose output `y` has the same shape. An activation unless it says otherwise. */
export function defineElementwiseOp<const P extends ParamSpecs = Record<never, never>>(op: Elementwise<P>): OpDescriptor {
  return defineOp<P>({
    type: op.type,
    family: op.family ?? 'activation',
    doc: op.doc,
    ...(op.keywords ? { keywords: op.keywords } : {}),
    params: op.params ?? ({} as P),
    inputs: { x: port() },
    outputs: { y: port() },
    infer: (inputs, args) => {
      const x = read(inputs, 'x');
      requireType(x, op.dtypes ?? ['float32'], 'x');
      op.check?.(x, args);
      return { y: op.dtype ? { shape: x.shape, dtype: op.dtype(x.dtype, args) } : x };
    },
    apply: (inputs, args) => op.apply(read(inputs, 'x'), args),
    emit: {
      flax: typeof op.flax === 'string' ? emitCall(op.flax) : op.flax,
      ...(op.typescript ? { typescript: op.typescript } : {}),
      ...(op.keras ? { keras: typeof op.keras === 'string' ? emitKeras(op.keras) : op.keras } : {}),
      ...(op.pytorch === undefined ? {} : { pytorch: typeof op.pytorch === 'string' ? torchCall(op.pytorch) : op.pytorch }),
    },
    ...(op.onnx === undefined ? {} : { onnx: op.onnx }),
    examples: op.examples ?? [{ inputs: { x: { shape: [2, 3] } } }],
  });
}

interface Broadcast {
  readonly type: string;
  readonly doc: string;
  readonly keywords?: readonly string[];
  readonly apply: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
  readonly flax: OpEmitter;
  readonly pytorch?: TorchOp;
  readonly onnx?: OnnxEntry;
  readonly keras: KerasOp;
  /** The output's type where it is not that of the wider input. */
  readonly dtype?: DataType;
  /** The examples have positive numbers at this port, or at both. */
  readonly positive?: 'a' | 'b' | 'both';
}

/** An op of two inputs, `a` and `b`, that are broadcast against each other as in NumPy. */
export function defineBroadcastOp(op: Broadcast): OpDescriptor {
  const positiveA = op.positive === 'a' || op.positive === 'both';
  const positiveB = op.positive === 'b' || op.positive === 'both';
  return defineOp({
    type: op.type,
    family: 'arithmetic',
    doc: op.doc,
    ...(op.keywords ? { keywords: op.keywords } : {}),
    params: {},
    inputs: { a: port(), b: port() },
    outputs: { y: port() },
    infer: (inputs) => {
      const a = read(inputs, 'a');
      const b = read(inputs, 'b');
      // What two truth values add up to, NumPy decides op by op: here they say what they are to be first.
      if (a.dtype === 'bool' && b.dtype === 'bool' && op.dtype !== 'bool') requireType(b, ['float32', 'int32'], 'b');
      return { y: { shape: inferBroadcast(a, b, 'b'), dtype: op.dtype ?? wider(a.dtype, b.dtype) } };
    },
    apply: (inputs) => op.apply(read(inputs, 'a'), read(inputs, 'b')),
    emit: { flax: op.flax, keras: op.keras, ...(op.pytorch ? { pytorch: op.pytorch } : {}) },
    ...(op.onnx === undefined ? {} : { onnx: op.onnx }),
    examples: [
      { inputs: { a: { shape: [2, 3], positive: positiveA }, b: { shape: [2, 3], positive: positiveB } } },
      { inputs: { a: { shape: [2, 1, 3], positive: positiveA }, b: { shape: [4, 1], positive: positiveB } } },
    ],
  });
}

/** The shape after broadcasting; rejects shapes that do not fit each other. */
export function inferBroadcast(a: TensorSpec, b: TensorSpec, portOfB: string): TensorSpec['shape'] {
  return (
    broadcastShapes(a.shape, b.shape) ??
    reject({
      code: 'shape/broadcast',
      port: portOfB,
      expected: `a shape that broadcasts with ${formatShape(a.shape)}: from the last axis on, equal lengths or 1`,
      got: formatShape(b.shape),
      fix: 'Reshape, transpose or expand one of the inputs so that the axes meet.',
      mends: reshaping(portOfB, b.shape, a.shape),
    })
  );
}

/** The type that holds both, as NumPy promotes: truth values, integers, floats. */
export function wider(a: DataType, b: DataType): DataType {
  const order: readonly DataType[] = ['bool', 'int32', 'float32'];
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

/** Integers and truth values as floats; floats as they are. The surrounding tidy frees what is made. */
export function asFloat(x: tf.Tensor): tf.Tensor {
  return x.dtype === 'float32' ? x : tf.cast(x, 'float32');
}
