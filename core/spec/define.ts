/**
 * @file The descriptor of a layer type and of an op type. Palette entry, form, ports, shapes, help, code and contract
 * tests are derived from it: a new type is one new file with one descriptor.
 */
import type { Module } from '../nnx/module.ts';
import type { Rngs } from '../nnx/rngs.ts';
import type { Param } from '../nnx/variable.ts';
import type { tf } from '../tensor/tf.ts';
import type { CallCost, KnownShapes } from './cost.ts';
import type { TorchLayer, TorchOp } from './emit-pytorch.ts';
import type { Emits, LayerEmitter, OpEmitter, TypeScriptLayer, TypeScriptOp } from './emit.ts';
import type { KerasLayer, KerasOp } from './emit-keras.ts';
import type { OnnxEntry } from './onnx.ts';
import type { ArgsOf, ParamSpecs } from './params.ts';
import { port, type PortSpecs } from './ports.ts';
import type { Rejection } from './reject.ts';
import type { TensorSpec } from './shape.ts';

/** Groups in the palette; each has one hue on the canvas. */
export const FAMILIES = {
  dense: 'Dense',
  convolution: 'Convolution',
  normalization: 'Normalization',
  regularization: 'Regularization',
  embedding: 'Embedding',
  attention: 'Attention',
  recurrent: 'Recurrent',
  activation: 'Activation',
  arithmetic: 'Arithmetic',
  shape: 'Shape',
  reduction: 'Reduction',
  pooling: 'Pooling',
  loss: 'Loss',
} as const;
export type Family = keyof typeof FAMILIES;

export type TensorsByPort = Readonly<Record<string, tf.Tensor>>;
export type SpecsByPort = Readonly<Record<string, TensorSpec>>;

/** A small use of the type, from which the contract tests are made: shapes against reality, gradients, memory, code. */
export interface Example<P extends ParamSpecs = ParamSpecs> {
  readonly args?: Partial<ArgsOf<P>>;
  readonly inputs: Readonly<
    Record<
      string,
      {
        readonly shape: readonly number[];
        readonly dtype?: TensorSpec['dtype'];
        /** int32: values below this. */
        readonly below?: number;
        /** float32: values above 0 only, for roots and logarithms. */
        readonly positive?: boolean;
      }
    >
  >;
}

interface Described<P extends ParamSpecs> {
  /** The name in documents and, for layers, of the class in Flax: 'Linear', 'relu'. */
  readonly type: string;
  readonly family: Family;
  /** First sentence: what it does, in the field's words. */
  readonly doc: string;
  /** Further words that find it: other libraries' names, abbreviations. */
  readonly keywords?: readonly string[];
  readonly params: P;
  /** Ports may depend on arguments: `concatenate` has as many inputs as its `inputs` says. */
  readonly inputs: PortSpecs | ((args: ArgsOf<P>) => PortSpecs);
  readonly outputs: PortSpecs | ((args: ArgsOf<P>) => PortSpecs);
  /** Shapes and types of the outputs; wrong inputs are reported by `reject` of `reject.ts`. */
  readonly infer: (inputs: SpecsByPort, args: ArgsOf<P>) => SpecsByPort;
  /** What a call costs. Absent: nothing is multiplied but elements, and nothing kept but the outputs. */
  readonly cost?: (shapes: KnownShapes, args: ArgsOf<P>) => CallCost;
  /** The call as nodes of an ONNX graph, in the mode for use. Absent: ONNX has nothing for it. */
  readonly onnx?: OnnxEntry;
  readonly examples: readonly Example<P>[];
}

/** A method of a Module beside `call`, by its name: `module.attend(query)`. It takes tensors in port order. */
export interface MethodDescriptor<P extends ParamSpecs = ParamSpecs> {
  /** First sentence: what it does. */
  readonly doc: string;
  readonly inputs: PortSpecs;
  readonly outputs: PortSpecs;
  readonly infer: Described<P>['infer'];
  readonly cost?: NonNullable<Described<P>['cost']>;
  readonly onnx?: OnnxEntry;
}

export interface LayerDescriptor<P extends ParamSpecs = ParamSpecs> extends Described<P> {
  readonly kind: 'layer';
  /** The constructor draws random numbers, so code passes `rngs`. */
  readonly usesRngs: boolean;
  /** Its Modules hold others, or pass for another layer too, so that only live ones tell what a filter finds there. */
  readonly isComposed?: boolean;
  /** What is odd about complete arguments that all the same can be built and run: a warning. */
  readonly warn?: (args: ArgsOf<P>) => Rejection | null;
  readonly make: (args: ArgsOf<P>, context: { readonly rngs: Rngs }) => Module | Param;
  /** The attribute holds a Variable instead of a Module: nothing is called, the node gives its value. */
  readonly isVariable?: boolean;
  /** How a graph calls it; absent: `module.call(x, …)` with the inputs in port order and one output. */
  readonly call?: (module: Module, inputs: TensorsByPort, args: ArgsOf<P>) => tf.Tensor | TensorsByPort;
  readonly emit: Emits<LayerEmitter, TypeScriptLayer, TorchLayer> & { readonly keras?: KerasLayer };
  /** What a graph can call besides `call`. */
  readonly methods?: Readonly<Record<string, MethodDescriptor<P>>>;
}

export interface OpDescriptor<P extends ParamSpecs = ParamSpecs> extends Described<P> {
  readonly kind: 'op';
  /** The outputs: a tensor where there is one port, else tensors by port. */
  readonly apply: (inputs: TensorsByPort, args: ArgsOf<P>) => tf.Tensor | TensorsByPort;
  readonly emit: Emits<OpEmitter, TypeScriptOp, TorchOp> & { readonly keras?: KerasOp };
}

export type Descriptor = LayerDescriptor | OpDescriptor;

/** Checks a layer's descriptor against its own parameters and widens it for the registry. */
export function defineLayer<const P extends ParamSpecs>(descriptor: Omit<LayerDescriptor<P>, 'kind'>): LayerDescriptor {
  // The registry holds descriptors of every P; arguments are validated against `params` before they reach it.
  return { kind: 'layer', ...descriptor } as unknown as LayerDescriptor;
}

/** Checks the descriptor of a Variable that a class owns. It has no input, and one output: `value`. */
export function defineVariable<const P extends ParamSpecs>(
  descriptor: Omit<LayerDescriptor<P>, 'kind' | 'isVariable' | 'inputs' | 'outputs' | 'usesRngs' | 'call' | 'methods'>,
): LayerDescriptor {
  const whole = { ...descriptor, kind: 'layer', isVariable: true, inputs: {}, outputs: { value: port() }, usesRngs: true };
  return whole as unknown as LayerDescriptor;
}

/** Checks an op's descriptor against its own parameters and widens it for the registry. */
export function defineOp<const P extends ParamSpecs>(descriptor: Omit<OpDescriptor<P>, 'kind'>): OpDescriptor {
  return { kind: 'op', ...descriptor } as unknown as OpDescriptor;
}

/** The input ports under these arguments. */
export function inputPorts(descriptor: Descriptor, args: ArgsOf<ParamSpecs>): PortSpecs {
  return typeof descriptor.inputs === 'function' ? descriptor.inputs(args) : descriptor.inputs;
}

/** The output ports under these arguments. */
export function outputPorts(descriptor: Descriptor, args: ArgsOf<ParamSpecs>): PortSpecs {
  return typeof descriptor.outputs === 'function' ? descriptor.outputs(args) : descriptor.outputs;
}
