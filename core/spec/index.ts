/** @file The vocabulary of descriptors, as the editor sees it. */
export { checkArg, fillDefaults, startArgs, validateArgs } from './args.ts';
export type { ValidatedArgs } from './args.ts';
export { DTYPES } from './check-value.ts';
export { editDistance } from './edit-distance.ts';
export { elements } from './cost.ts';
export type { CallCost, KnownShapes } from './cost.ts';
export { addDims, ceilDivide, divideDims, evaluateDim, floorDivide, multiplyDims, namesIn } from './dims.ts';
export { FAMILIES, defineLayer, defineOp, defineVariable, inputPorts, outputPorts } from './define.ts';
export type { Descriptor, Example, Family, LayerDescriptor, OpDescriptor, SpecsByPort, TensorsByPort } from './define.ts';
export { construct } from './emit.ts';
export type { EmitContext, LayerEmitter, OpEmitter, TypeScriptCall, TypeScriptContext, TypeScriptLayer, TypeScriptOp } from './emit.ts';
export { KerasGap, kerasGap } from './emit-keras.ts';
export type { KerasContext, KerasDefinition, KerasLayer, KerasOp, KerasRule, KerasWeights } from './emit-keras.ts';
export { INITIALIZERS, toInitializer } from './initializers.ts';
export type { InitializerSpec } from './initializers.ts';
export { divisorUpTo, infer, insert, remove, reshaping, setTo, toDefault } from './mend.ts';
export type { Mend } from './mend.ts';
export { BATCH, overBatch, pictureShapes, spreadMends } from './over-batch.ts';
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
export { formatRejection, reject, RejectionError, rejectMismatch, requireAxis, requireDtype, requireRank } from './reject.ts';
export type { Rejection } from './reject.ts';
export { broadcastShapes, formatShape, normalizeAxis, sameShape, sizeOf, withAxis, withLast } from './shape.ts';
export type { DataType, Dim, Shape, TensorSpec } from './shape.ts';
export type { PreviewRow, SourceArgs, SourceDescriptor } from './source.ts';
