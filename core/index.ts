/**
 * @file The public names of core, listed by hand. A backend is started by `run/backend.ts`, which is not listed here: a window
 * that only designs holds no kernels.
 */
export { BatchNorm } from './layers/batch-norm.ts';
export { Bidirectional } from './layers/bidirectional.ts';
export { ConvTranspose } from './layers/conv-transpose.ts';
export { Conv } from './layers/conv.ts';
export { Dropout } from './layers/dropout.ts';
export { Embed } from './layers/embed.ts';
export { GroupNorm } from './layers/group-norm.ts';
export { GRUCell } from './layers/gru-cell.ts';
export { InstanceNorm } from './layers/instance-norm.ts';
export { LayerNorm } from './layers/layer-norm.ts';
export { LinearGeneral } from './layers/linear-general.ts';
export { Linear } from './layers/linear.ts';
export { LoRALinear } from './layers/lora-linear.ts';
export { LoRA } from './layers/lora.ts';
export { LSTMCell } from './layers/lstm-cell.ts';
export { MultiHeadAttention } from './layers/multi-head-attention.ts';
export { OptimizedLSTMCell } from './layers/optimized-lstm-cell.ts';
export { PReLU } from './layers/prelu.ts';
export { RMSNorm } from './layers/rms-norm.ts';
export { RNN } from './layers/rnn.ts';
export { SimpleCell } from './layers/simple-cell.ts';
export { SpectralNorm } from './layers/spectral-norm.ts';
export { WeightNorm } from './layers/weight-norm.ts';
export { capture, method } from './nnx/capture.ts';
export type { BoundMethod, CaptureOptions } from './nnx/capture.ts';
export { onDiagnostic } from './nnx/diagnostics.ts';
export type { Diagnostic, DiagnosticCode, DiagnosticHandler } from './nnx/diagnostics.ts';
export { Dict } from './nnx/dict.ts';
export { dispose } from './nnx/dispose.ts';
export { AttributeError, IndexError, KeyError, ValueError } from './nnx/errors.ts';
export { All, Any, Everything, Not, Nothing, OfType, PathContains, PathIn, toPredicate, WithTag } from './nnx/filter.ts';
export type { Filter, Predicate } from './nnx/filter.ts';
export { DiffState, grad, valueAndGrad } from './nnx/grad.ts';
export type { GradOptions } from './nnx/grad.ts';
export { setGraphMode, withGraphMode } from './nnx/graph-mode.ts';
export { GraphDef } from './nnx/graphdef.ts';
export { iterGraph } from './nnx/iterate.ts';
export { List } from './nnx/list.ts';
export { iterChildren, iterModules, Module } from './nnx/module.ts';
export type { CallableModule } from './nnx/module.ts';
export { toCamelCase, toSnakeCase } from './nnx/names.ts';
export type { Path, PathPart } from './nnx/path.ts';
export { data, Pytree, setAttributeStatus, static_ } from './nnx/pytree.ts';
export { recursiveMap } from './nnx/recursive-map.ts';
export { RngCount, RngKey, Rngs, RngState, RngStream } from './nnx/rngs.ts';
export { Sequential, tuple } from './nnx/sequential.ts';
export { clone, graphdef, merge, split, state } from './nnx/split.ts';
export { filterState, fromFlatState, mapState, mergeState, splitState, toFlatState } from './nnx/state-functions.ts';
export { State } from './nnx/state.ts';
export { pop, update } from './nnx/update.ts';
export { registerVariableName, variableNameFromType, variableTypeFromName } from './nnx/variable-names.ts';
export { BatchStat, Cache, Intermediate, LoRAParam, Param, Perturbation, Variable } from './nnx/variable.ts';
export { view, viewInfo, withAttributes } from './nnx/view.ts';
export {
  adagrad,
  adam,
  adamw,
  chain,
  clipByGlobalNorm,
  constantSchedule,
  cosineDecaySchedule,
  exponentialDecay,
  linearSchedule,
  Optimizer,
  optimizers,
  piecewiseConstantSchedule,
  rmsprop,
  schedules,
  sgd,
  sharedParams as sharedOptimizerParams,
  warmupCosineDecaySchedule,
} from './optim/index.ts';
export { foldIn, Key, key, split as splitKey } from './random/key.ts';
export { findDescriptor, registry } from './registry.gen.ts';
export { tf } from './tensor/tf.ts';
