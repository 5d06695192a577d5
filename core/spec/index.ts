/** @file The vocabulary of descriptors, as the editor sees it. */
export { FAMILIES, defineLayer, defineOp, inputPorts, outputPorts } from './define.ts';
export type { Descriptor, Example, Family, LayerDescriptor, OpDescriptor, SpecsByPort, TensorsByPort } from './define.ts';
export { construct } from './emit.ts';
export type { EmitContext, LayerEmitter, OpEmitter, Target } from './emit.ts';
export { p } from './params.ts';
export type {
  Args,
  ArgsOf,
  InitializerValue,
  OptionsOf,
  PaddingValue,
  ParamKind,
  ParamSpec,
  ParamSpecs,
  ParamValue,
  ValueOf,
} from './params.ts';
export { port } from './ports.ts';
export type { PortSpec, PortSpecs } from './ports.ts';
export { reject, RejectionError } from './reject.ts';
export type { Rejection } from './reject.ts';
export { formatShape } from './shape.ts';
export type { DataType, Dim, Shape, TensorSpec } from './shape.ts';
