/** @file Every layer type, op type, loss and data source. Written by `npm run registry` from the names of files; never edited by hand. */
import { batchNormLayer } from './layers/batch-norm.ts';
import { bidirectionalLayer } from './layers/bidirectional.ts';
import { convTransposeLayer } from './layers/conv-transpose.ts';
import { convLayer } from './layers/conv.ts';
import { dropoutLayer } from './layers/dropout.ts';
import { einsumLayer } from './layers/einsum.ts';
import { embedLayer } from './layers/embed.ts';
import { groupNormLayer } from './layers/group-norm.ts';
import { gruCellLayer } from './layers/gru-cell.ts';
import { instanceNormLayer } from './layers/instance-norm.ts';
import { layerNormLayer } from './layers/layer-norm.ts';
import { linearGeneralLayer } from './layers/linear-general.ts';
import { linearLayer } from './layers/linear.ts';
import { loraLinearLayer } from './layers/lora-linear.ts';
import { loraLayer } from './layers/lora.ts';
import { lstmCellLayer } from './layers/lstm-cell.ts';
import { multiHeadAttentionLayer } from './layers/multi-head-attention.ts';
import { normalNoiseLayer } from './layers/normal-noise.ts';
import { optimizedLstmCellLayer } from './layers/optimized-lstm-cell.ts';
import { preluLayer } from './layers/prelu.ts';
import { rmsNormLayer } from './layers/rms-norm.ts';
import { rnnLayer } from './layers/rnn.ts';
import { simpleCellLayer } from './layers/simple-cell.ts';
import { spectralNormLayer } from './layers/spectral-norm.ts';
import { weightNormLayer } from './layers/weight-norm.ts';
import { paramVariable } from './variables/param.ts';
import { absOp } from './ops/abs.ts';
import { addOp } from './ops/add.ts';
import { allOp } from './ops/all.ts';
import { anyOp } from './ops/any.ts';
import { argmaxOp } from './ops/argmax.ts';
import { argminOp } from './ops/argmin.ts';
import { avgPoolOp } from './ops/avg-pool.ts';
import { broadcastToOp } from './ops/broadcast-to.ts';
import { castOp } from './ops/cast.ts';
import { ceilOp } from './ops/ceil.ts';
import { celuOp } from './ops/celu.ts';
import { clipOp } from './ops/clip.ts';
import { combineMasksOp } from './ops/combine-masks.ts';
import { concatenateOp } from './ops/concatenate.ts';
import { cosOp } from './ops/cos.ts';
import { cumprodOp } from './ops/cumprod.ts';
import { cumsumOp } from './ops/cumsum.ts';
import { divideOp } from './ops/divide.ts';
import { dotProductAttentionOp } from './ops/dot-product-attention.ts';
import { einsumOp } from './ops/einsum.ts';
import { eluOp } from './ops/elu.ts';
import { equalOp } from './ops/equal.ts';
import { expOp } from './ops/exp.ts';
import { expandDimsOp } from './ops/expand-dims.ts';
import { expm1Op } from './ops/expm1.ts';
import { flattenOp } from './ops/flatten.ts';
import { flipOp } from './ops/flip.ts';
import { floorOp } from './ops/floor.ts';
import { geluOp } from './ops/gelu.ts';
import { globalAveragePoolOp } from './ops/global-average-pool.ts';
import { gluOp } from './ops/glu.ts';
import { greaterEqualOp } from './ops/greater-equal.ts';
import { greaterOp } from './ops/greater.ts';
import { hardSigmoidOp } from './ops/hard-sigmoid.ts';
import { hardSiluOp } from './ops/hard-silu.ts';
import { hardTanhOp } from './ops/hard-tanh.ts';
import { huberLossOp } from './ops/huber-loss.ts';
import { identityOp } from './ops/identity.ts';
import { leakyReluOp } from './ops/leaky-relu.ts';
import { lessEqualOp } from './ops/less-equal.ts';
import { lessOp } from './ops/less.ts';
import { logSigmoidOp } from './ops/log-sigmoid.ts';
import { logSoftmaxOp } from './ops/log-softmax.ts';
import { logOp } from './ops/log.ts';
import { log1pOp } from './ops/log1p.ts';
import { logsumexpOp } from './ops/logsumexp.ts';
import { makeAttentionMaskOp } from './ops/make-attention-mask.ts';
import { makeCausalMaskOp } from './ops/make-causal-mask.ts';
import { matmulOp } from './ops/matmul.ts';
import { maxPoolOp } from './ops/max-pool.ts';
import { maxOp } from './ops/max.ts';
import { maximumOp } from './ops/maximum.ts';
import { meanAbsoluteErrorOp } from './ops/mean-absolute-error.ts';
import { meanSquaredErrorOp } from './ops/mean-squared-error.ts';
import { meanOp } from './ops/mean.ts';
import { minPoolOp } from './ops/min-pool.ts';
import { minOp } from './ops/min.ts';
import { minimumOp } from './ops/minimum.ts';
import { multiplyOp } from './ops/multiply.ts';
import { negativeOp } from './ops/negative.ts';
import { notEqualOp } from './ops/not-equal.ts';
import { oneHotOp } from './ops/one-hot.ts';
import { padOp } from './ops/pad.ts';
import { powerOp } from './ops/power.ts';
import { prodOp } from './ops/prod.ts';
import { reciprocalOp } from './ops/reciprocal.ts';
import { reluOp } from './ops/relu.ts';
import { relu6Op } from './ops/relu6.ts';
import { repeatOp } from './ops/repeat.ts';
import { reshapeOp } from './ops/reshape.ts';
import { rollOp } from './ops/roll.ts';
import { roundOp } from './ops/round.ts';
import { rsqrtOp } from './ops/rsqrt.ts';
import { seluOp } from './ops/selu.ts';
import { sigmoidBinaryCrossEntropyOp } from './ops/sigmoid-binary-cross-entropy.ts';
import { sigmoidOp } from './ops/sigmoid.ts';
import { signOp } from './ops/sign.ts';
import { siluOp } from './ops/silu.ts';
import { sinOp } from './ops/sin.ts';
import { sliceOp } from './ops/slice.ts';
import { softSignOp } from './ops/soft-sign.ts';
import { softmaxCrossEntropyWithIntegerLabelsOp } from './ops/softmax-cross-entropy-with-integer-labels.ts';
import { softmaxCrossEntropyOp } from './ops/softmax-cross-entropy.ts';
import { softmaxOp } from './ops/softmax.ts';
import { softplusOp } from './ops/softplus.ts';
import { splitOp } from './ops/split.ts';
import { sqrtOp } from './ops/sqrt.ts';
import { squareOp } from './ops/square.ts';
import { squeezeOp } from './ops/squeeze.ts';
import { stackOp } from './ops/stack.ts';
import { standardizeOp } from './ops/standardize.ts';
import { stdOp } from './ops/std.ts';
import { subtractOp } from './ops/subtract.ts';
import { sumOp } from './ops/sum.ts';
import { takeAlongAxisOp } from './ops/take-along-axis.ts';
import { takeOp } from './ops/take.ts';
import { tanhOp } from './ops/tanh.ts';
import { tileOp } from './ops/tile.ts';
import { transposeOp } from './ops/transpose.ts';
import { trilOp } from './ops/tril.ts';
import { triuOp } from './ops/triu.ts';
import { upsampleOp } from './ops/upsample.ts';
import { varianceOp } from './ops/variance.ts';
import { whereOp } from './ops/where.ts';
import { crossEntropyLoss } from './losses/cross-entropy.ts';
import { meanSquaredErrorLoss } from './losses/mean-squared-error.ts';
import { meanLoss } from './losses/mean.ts';
import { negativeEvidenceLowerBoundLoss } from './losses/negative-evidence-lower-bound.ts';
import { reconstructionLoss } from './losses/reconstruction.ts';
import { sumLoss } from './losses/sum.ts';
import { weightedSumLoss } from './losses/weighted-sum.ts';
import { arraysSource } from './sources/arrays.ts';
import { csvSource } from './sources/csv.ts';
import { integersSource } from './sources/integers.ts';
import { normalSource } from './sources/normal.ts';
import { onesSource } from './sources/ones.ts';
import { picturesSource } from './sources/pictures.ts';
import { sequencesSource } from './sources/sequences.ts';
import { uniformSource } from './sources/uniform.ts';
import type { Descriptor, LayerDescriptor, OpDescriptor } from './spec/define.ts';
import type { LossDescriptor } from './spec/loss.ts';
import type { SourceDescriptor } from './spec/source.ts';

const layers = {
  BatchNorm: batchNormLayer,
  Bidirectional: bidirectionalLayer,
  ConvTranspose: convTransposeLayer,
  Conv: convLayer,
  Dropout: dropoutLayer,
  Einsum: einsumLayer,
  Embed: embedLayer,
  GroupNorm: groupNormLayer,
  GRUCell: gruCellLayer,
  InstanceNorm: instanceNormLayer,
  LayerNorm: layerNormLayer,
  LinearGeneral: linearGeneralLayer,
  Linear: linearLayer,
  LoRALinear: loraLinearLayer,
  LoRA: loraLayer,
  LSTMCell: lstmCellLayer,
  MultiHeadAttention: multiHeadAttentionLayer,
  NormalNoise: normalNoiseLayer,
  OptimizedLSTMCell: optimizedLstmCellLayer,
  PReLU: preluLayer,
  RMSNorm: rmsNormLayer,
  RNN: rnnLayer,
  SimpleCell: simpleCellLayer,
  SpectralNorm: spectralNormLayer,
  WeightNorm: weightNormLayer,
} as const satisfies Readonly<Record<string, LayerDescriptor>>;

const variables = {
  Param: paramVariable,
} as const satisfies Readonly<Record<string, LayerDescriptor>>;

const ops = {
  abs: absOp,
  add: addOp,
  all: allOp,
  any: anyOp,
  argmax: argmaxOp,
  argmin: argminOp,
  avgPool: avgPoolOp,
  broadcastTo: broadcastToOp,
  cast: castOp,
  ceil: ceilOp,
  celu: celuOp,
  clip: clipOp,
  combineMasks: combineMasksOp,
  concatenate: concatenateOp,
  cos: cosOp,
  cumprod: cumprodOp,
  cumsum: cumsumOp,
  divide: divideOp,
  dotProductAttention: dotProductAttentionOp,
  einsum: einsumOp,
  elu: eluOp,
  equal: equalOp,
  exp: expOp,
  expandDims: expandDimsOp,
  expm1: expm1Op,
  flatten: flattenOp,
  flip: flipOp,
  floor: floorOp,
  gelu: geluOp,
  globalAveragePool: globalAveragePoolOp,
  glu: gluOp,
  greaterEqual: greaterEqualOp,
  greater: greaterOp,
  hardSigmoid: hardSigmoidOp,
  hardSilu: hardSiluOp,
  hardTanh: hardTanhOp,
  huberLoss: huberLossOp,
  identity: identityOp,
  leakyRelu: leakyReluOp,
  lessEqual: lessEqualOp,
  less: lessOp,
  logSigmoid: logSigmoidOp,
  logSoftmax: logSoftmaxOp,
  log: logOp,
  log1p: log1pOp,
  logsumexp: logsumexpOp,
  makeAttentionMask: makeAttentionMaskOp,
  makeCausalMask: makeCausalMaskOp,
  matmul: matmulOp,
  maxPool: maxPoolOp,
  max: maxOp,
  maximum: maximumOp,
  meanAbsoluteError: meanAbsoluteErrorOp,
  meanSquaredError: meanSquaredErrorOp,
  mean: meanOp,
  minPool: minPoolOp,
  min: minOp,
  minimum: minimumOp,
  multiply: multiplyOp,
  negative: negativeOp,
  notEqual: notEqualOp,
  oneHot: oneHotOp,
  pad: padOp,
  power: powerOp,
  prod: prodOp,
  reciprocal: reciprocalOp,
  relu: reluOp,
  relu6: relu6Op,
  repeat: repeatOp,
  reshape: reshapeOp,
  roll: rollOp,
  round: roundOp,
  rsqrt: rsqrtOp,
  selu: seluOp,
  sigmoidBinaryCrossEntropy: sigmoidBinaryCrossEntropyOp,
  sigmoid: sigmoidOp,
  sign: signOp,
  silu: siluOp,
  sin: sinOp,
  slice: sliceOp,
  softSign: softSignOp,
  softmaxCrossEntropyWithIntegerLabels: softmaxCrossEntropyWithIntegerLabelsOp,
  softmaxCrossEntropy: softmaxCrossEntropyOp,
  softmax: softmaxOp,
  softplus: softplusOp,
  split: splitOp,
  sqrt: sqrtOp,
  square: squareOp,
  squeeze: squeezeOp,
  stack: stackOp,
  standardize: standardizeOp,
  std: stdOp,
  subtract: subtractOp,
  sum: sumOp,
  takeAlongAxis: takeAlongAxisOp,
  take: takeOp,
  tanh: tanhOp,
  tile: tileOp,
  transpose: transposeOp,
  tril: trilOp,
  triu: triuOp,
  upsample: upsampleOp,
  variance: varianceOp,
  where: whereOp,
} as const satisfies Readonly<Record<string, OpDescriptor>>;

const losses = {
  crossEntropy: crossEntropyLoss,
  meanSquaredError: meanSquaredErrorLoss,
  mean: meanLoss,
  negativeEvidenceLowerBound: negativeEvidenceLowerBoundLoss,
  reconstruction: reconstructionLoss,
  sum: sumLoss,
  weightedSum: weightedSumLoss,
} as const satisfies Readonly<Record<string, LossDescriptor>>;

const sources = {
  arrays: arraysSource,
  csv: csvSource,
  integers: integersSource,
  normal: normalSource,
  ones: onesSource,
  pictures: picturesSource,
  sequences: sequencesSource,
  uniform: uniformSource,
} as const satisfies Readonly<Record<string, SourceDescriptor>>;

/** Descriptors by type, layers first. */
export const registry = { ...layers, ...ops } as const;

export type LayerType = keyof typeof layers;
export type OpType = keyof typeof ops;

/** The Variables that a class can own by type, for the palette. */
export const VARIABLES: Readonly<Record<string, LayerDescriptor>> = variables;

/** The descriptor of a layer, a Variable or an op, or undefined where the type is not known. */
export function findDescriptor(type: string): Descriptor | undefined {
  if (Object.hasOwn(VARIABLES, type)) return VARIABLES[type];
  return Object.hasOwn(registry, type) ? registry[type as LayerType | OpType] : undefined;
}

/** The losses by type, for menus. */
export const LOSSES: Readonly<Record<string, LossDescriptor>> = losses;

/** The data sources by type, for menus. */
export const SOURCES: Readonly<Record<string, SourceDescriptor>> = sources;

/** The loss of a type, or undefined where the type is not known. */
export function findLoss(type: string): LossDescriptor | undefined {
  return Object.hasOwn(LOSSES, type) ? LOSSES[type] : undefined;
}

/** The data source of a type, or undefined where the type is not known. */
export function findSource(type: string): SourceDescriptor | undefined {
  return Object.hasOwn(SOURCES, type) ? SOURCES[type] : undefined;
}
