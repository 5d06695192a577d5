/**
 * @file The public names of core, listed by hand. A backend is started by `run/backend.ts`, which is not listed here: a window
 * that only designs holds no kernels.
 */
import * as ops from './ops.gen.ts';
import * as initializers from './random/initializers.ts';
import * as random from './random/jax-random.ts';

export { BatchNorm } from './layers/batch-norm.ts';
export type { BatchNormCall, BatchNormOptions } from './layers/batch-norm.ts';
export { Bidirectional } from './layers/bidirectional.ts';
export type { BidirectionalCall, BidirectionalOptions, MergeFunction } from './layers/bidirectional.ts';
export { ConvTranspose } from './layers/conv-transpose.ts';
export type { ConvTransposeOptions } from './layers/conv-transpose.ts';
export { Conv } from './layers/conv.ts';
export type { ConvOptions } from './layers/conv.ts';
export { Dropout } from './layers/dropout.ts';
export type { DropoutCall, DropoutOptions } from './layers/dropout.ts';
export { NormalNoise } from './layers/normal-noise.ts';
export type { NormalNoiseOptions } from './layers/normal-noise.ts';
export { Einsum } from './layers/einsum.ts';
export type { EinsumOptions } from './layers/einsum.ts';
export { Embed } from './layers/embed.ts';
export type { EmbedOptions } from './layers/embed.ts';
export { GroupNorm } from './layers/group-norm.ts';
export type { GroupNormOptions } from './layers/group-norm.ts';
export { GRUCell } from './layers/gru-cell.ts';
export type { GRUCellOptions } from './layers/gru-cell.ts';
export { InstanceNorm } from './layers/instance-norm.ts';
export type { InstanceNormOptions } from './layers/instance-norm.ts';
export { LayerNorm } from './layers/layer-norm.ts';
export type { LayerNormOptions } from './layers/layer-norm.ts';
export { LinearGeneral } from './layers/linear-general.ts';
export type { LinearGeneralOptions } from './layers/linear-general.ts';
export { Linear } from './layers/linear.ts';
export type { LinearOptions } from './layers/linear.ts';
export { LoRALinear } from './layers/lora-linear.ts';
export type { LoRALinearOptions } from './layers/lora-linear.ts';
export { LoRA } from './layers/lora.ts';
export type { LoRAOptions } from './layers/lora.ts';
export { LSTMCell } from './layers/lstm-cell.ts';
export type { LSTMCellOptions } from './layers/lstm-cell.ts';
export { MultiHeadAttention } from './layers/multi-head-attention.ts';
export type { AttentionFunction, MultiHeadAttentionCall, MultiHeadAttentionOptions } from './layers/multi-head-attention.ts';
export { OptimizedLSTMCell } from './layers/optimized-lstm-cell.ts';
export type { OptimizedLSTMCellOptions } from './layers/optimized-lstm-cell.ts';
export { PReLU } from './layers/prelu.ts';
export type { PReLUOptions } from './layers/prelu.ts';
export { RMSNorm } from './layers/rms-norm.ts';
export type { RMSNormOptions } from './layers/rms-norm.ts';
export { RNN } from './layers/rnn.ts';
export type { RNNCall, RNNOptions } from './layers/rnn.ts';
export { SimpleCell } from './layers/simple-cell.ts';
export type { SimpleCellOptions } from './layers/simple-cell.ts';
export { SpectralNorm } from './layers/spectral-norm.ts';
export type { SpectralNormOptions } from './layers/spectral-norm.ts';
export { WeightNorm } from './layers/weight-norm.ts';
export type { WeightNormOptions } from './layers/weight-norm.ts';
export { RecurrentCell } from './layers/shared/recurrent-cell.ts';
export type { Carry, CarryOptions, Step } from './layers/shared/recurrent-cell.ts';
export type { Activation } from './layers/shared/options.ts';
export type { Input } from './layers/shared/input.ts';
export { capture, isCaptured, method } from './nnx/capture.ts';
export type { BoundMethod, Captured, CapturedState, CapturedStates, CaptureOptions } from './nnx/capture.ts';
export type { ReduceFn, SowOptions } from './nnx/capture-context.ts';
export { onDiagnostic } from './nnx/diagnostics.ts';
export type { Diagnostic, DiagnosticCode, DiagnosticHandler } from './nnx/diagnostics.ts';
export { Dict } from './nnx/dict.ts';
export { dispose } from './nnx/dispose.ts';
export { AttributeError, IndexError, KeyError, ValueError } from './nnx/errors.ts';
export { All, Any, Everything, FilterObject, Not, Nothing, OfType, PathContains, PathIn, toPredicate, WithTag } from './nnx/filter.ts';
export type { Filter, Predicate } from './nnx/filter.ts';
export { DiffState, grad, valueAndGrad } from './nnx/grad.ts';
export type { Argnums, GradientOf, GradientsFor, GradOptions } from './nnx/grad.ts';
export { setGraphMode, withGraphMode } from './nnx/graph-mode.ts';
export type { GraphOption } from './nnx/graph-mode.ts';
export { GraphDef } from './nnx/graphdef.ts';
export { iterGraph } from './nnx/iterate.ts';
export { List } from './nnx/list.ts';
export { iterChildren, iterModuleChildren, iterModules, Module } from './nnx/module.ts';
export type { CallableModule, SetAttributesOptions, Tensors } from './nnx/module.ts';
export { toCamelCase, toSnakeCase } from './nnx/names.ts';
export type { Path, PathPart } from './nnx/path.ts';
export { data, holdsData, isData, Pytree, setAttributeStatus, static_ } from './nnx/pytree.ts';
export { recursiveMap } from './nnx/recursive-map.ts';
export { forkRngs, reseed, restoreRngs, splitRngs } from './nnx/rng-states.ts';
export { RngCount, RngKey, Rngs, RngState, RngStream } from './nnx/rngs.ts';
export type { RngSeed, RngSeeds } from './nnx/rngs.ts';
export { Sequential, tuple } from './nnx/sequential.ts';
export { clone, graphdef, merge, mergeCopy, split, state } from './nnx/split.ts';
export {
  filterState,
  fromFlatState,
  mapState,
  mergeState,
  replaceByPureDict,
  splitState,
  toFlatState,
  toPureDict,
} from './nnx/state-functions.ts';
export { State } from './nnx/state.ts';
export type { StateLike, StateShapes } from './nnx/state.ts';
export { findDuplicates, pop, update } from './nnx/update.ts';
export { registerVariableName, variableNameFromType, variableTypeFromName } from './nnx/variable-names.ts';
export type { VariableType } from './nnx/variable-names.ts';
export { BatchStat, Cache, Intermediate, LoRAParam, Param, Perturbation, Variable } from './nnx/variable.ts';
export { view, viewInfo, withAttributes } from './nnx/view.ts';
export type { ViewParameter } from './nnx/view.ts';
export { avgPool } from './ops/avg-pool.ts';
export { celu } from './ops/celu.ts';
export { combineMasks } from './ops/combine-masks.ts';
export { dotProductAttention } from './ops/dot-product-attention.ts';
export { elu } from './ops/elu.ts';
export { gelu } from './ops/gelu.ts';
export { glu } from './ops/glu.ts';
export { hardSigmoid } from './ops/hard-sigmoid.ts';
export { hardSilu } from './ops/hard-silu.ts';
export { hardTanh } from './ops/hard-tanh.ts';
export { huberLoss } from './ops/huber-loss.ts';
export { identity } from './ops/identity.ts';
export { leakyRelu } from './ops/leaky-relu.ts';
export { logSigmoid } from './ops/log-sigmoid.ts';
export { logSoftmax } from './ops/log-softmax.ts';
export { logsumexp } from './ops/logsumexp.ts';
export { makeAttentionMask } from './ops/make-attention-mask.ts';
export { makeCausalMask } from './ops/make-causal-mask.ts';
export { maxPool } from './ops/max-pool.ts';
export { meanAbsoluteError } from './ops/mean-absolute-error.ts';
export { meanSquaredError } from './ops/mean-squared-error.ts';
export { minPool } from './ops/min-pool.ts';
export { oneHot } from './ops/one-hot.ts';
export { relu } from './ops/relu.ts';
export { relu6 } from './ops/relu6.ts';
export { selu } from './ops/selu.ts';
export { sigmoidBinaryCrossEntropy } from './ops/sigmoid-binary-cross-entropy.ts';
export { sigmoid } from './ops/sigmoid.ts';
export { silu } from './ops/silu.ts';
export { softSign } from './ops/soft-sign.ts';
export { softmaxCrossEntropyWithIntegerLabels } from './ops/softmax-cross-entropy-with-integer-labels.ts';
export { softmaxCrossEntropy } from './ops/softmax-cross-entropy.ts';
export { softmax } from './ops/softmax.ts';
export { softplus } from './ops/softplus.ts';
export { standardize } from './ops/standardize.ts';
export { tanh } from './ops/tanh.ts';
export {
  adagrad,
  adam,
  adamw,
  addDecayedWeights,
  chain,
  clipByGlobalNorm,
  constantSchedule,
  cosineDecaySchedule,
  exponentialDecay,
  linearSchedule,
  OptArray,
  Optimizer,
  optimizers,
  OptState,
  OptVariable,
  piecewiseConstantSchedule,
  polynomialSchedule,
  rmsprop,
  scaleByAdam,
  scaleByLearningRate,
  schedules,
  sgd,
  sharedParams as sharedOptimizerParams,
  trace,
  warmupCosineDecaySchedule,
} from './optim/index.ts';
export type { GradientTransformation, LearningRate, Schedule } from './optim/index.ts';
export { foldIn, Key, key, split as splitKey } from './random/key.ts';
export { findDescriptor, findLoss, findSource, LOSSES, registry, SOURCES, VARIABLES } from './registry.gen.ts';
export { toInitializer } from './spec/initializers.ts';
export { tf } from './tensor/tf.ts';
export { readSafetensors, writeSafetensors } from './weights/safetensors.ts';
export type { StoredType } from './weights/numbers.ts';
export type { StoredTensor } from './weights/safetensors.ts';
export { loadWeights, saveWeights, weightName } from './weights/weights.ts';
export type { LoadOptions, WeightsOptions } from './weights/weights.ts';

/** `flax.nnx.initializers`: initial values of parameters. */
export { initializers };
/** The function of every op type by its name: `ops.add(a, b)`, `ops.sum(x, { axis: 1 })`. */
export { ops };
/** `jax.random`: numbers from keys. */
export { random };
