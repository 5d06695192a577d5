/** @file The classes and functions that plan.json names, and which options stand for Flax's positional arguments. */
import { Bidirectional } from '../../layers/bidirectional.ts';
import { BatchNorm } from '../../layers/batch-norm.ts';
import { ConvTranspose } from '../../layers/conv-transpose.ts';
import { Conv } from '../../layers/conv.ts';
import { Dropout } from '../../layers/dropout.ts';
import { NormalNoise } from '../../layers/normal-noise.ts';
import { Einsum } from '../../layers/einsum.ts';
import { Embed } from '../../layers/embed.ts';
import { GroupNorm } from '../../layers/group-norm.ts';
import { GRUCell } from '../../layers/gru-cell.ts';
import { InstanceNorm } from '../../layers/instance-norm.ts';
import { LayerNorm } from '../../layers/layer-norm.ts';
import { LinearGeneral } from '../../layers/linear-general.ts';
import { Linear } from '../../layers/linear.ts';
import { LoRALinear } from '../../layers/lora-linear.ts';
import { LoRA } from '../../layers/lora.ts';
import { LSTMCell } from '../../layers/lstm-cell.ts';
import { MultiHeadAttention } from '../../layers/multi-head-attention.ts';
import { OptimizedLSTMCell } from '../../layers/optimized-lstm-cell.ts';
import { PReLU } from '../../layers/prelu.ts';
import { RMSNorm } from '../../layers/rms-norm.ts';
import { RNN } from '../../layers/rnn.ts';
import { SimpleCell } from '../../layers/simple-cell.ts';
import { SpectralNorm } from '../../layers/spectral-norm.ts';
import { WeightNorm } from '../../layers/weight-norm.ts';
import type { Module } from '../../nnx/module.ts';
import { Sequential, type Step } from '../../nnx/sequential.ts';
import { Param } from '../../nnx/variable.ts';
import { avgPool } from '../../ops/avg-pool.ts';
import { celu } from '../../ops/celu.ts';
import { combineMasks } from '../../ops/combine-masks.ts';
import { dotProductAttention } from '../../ops/dot-product-attention.ts';
import { elu } from '../../ops/elu.ts';
import { glu } from '../../ops/glu.ts';
import { greaterEqual } from '../../ops/greater-equal.ts';
import { hardSigmoid } from '../../ops/hard-sigmoid.ts';
import { leakyRelu } from '../../ops/leaky-relu.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';
import { logsumexp } from '../../ops/logsumexp.ts';
import { makeAttentionMask } from '../../ops/make-attention-mask.ts';
import { makeCausalMask } from '../../ops/make-causal-mask.ts';
import { maxPool } from '../../ops/max-pool.ts';
import { minPool } from '../../ops/min-pool.ts';
import { oneHot } from '../../ops/one-hot.ts';
import { relu } from '../../ops/relu.ts';
import { softmax } from '../../ops/softmax.ts';
import { standardize } from '../../ops/standardize.ts';
import { tf } from '../../tensor/tf.ts';

/** A class of Modules with the names of its positional arguments in Flax, in our spelling. */
export interface GoldenClass {
  readonly make: (options: Readonly<Record<string, unknown>>, args: readonly unknown[]) => Module;
  readonly positional: readonly string[];
  /** Its constructor demands rngs; the numbers drawn do not matter, since formulas replace them. */
  readonly needsRngs: boolean;
}

const SIZES = ['inFeatures', 'outFeatures'];
const CELL = ['inFeatures', 'hiddenFeatures'];

function golden(type: new (options: never) => Module, positional: readonly string[], needsRngs = true): GoldenClass {
  return { make: (options) => new type(options as never), positional, needsRngs };
}

export const CLASSES: Readonly<Record<string, GoldenClass>> = {
  BatchNorm: golden(BatchNorm, ['numFeatures']),
  Bidirectional: golden(Bidirectional, ['forwardRnn', 'backwardRnn'], false),
  Conv: golden(Conv, [...SIZES, 'kernelSize', 'strides']),
  ConvTranspose: golden(ConvTranspose, [...SIZES, 'kernelSize', 'strides']),
  Dropout: golden(Dropout, ['rate'], false),
  NormalNoise: golden(NormalNoise, ['stddev'], true),
  Einsum: golden(Einsum, ['einsumStr', 'kernelShape', 'biasShape']),
  Embed: golden(Embed, ['numEmbeddings', 'features']),
  GRUCell: golden(GRUCell, CELL),
  GroupNorm: golden(GroupNorm, ['numFeatures', 'numGroups', 'groupSize']),
  InstanceNorm: golden(InstanceNorm, ['numFeatures']),
  LSTMCell: golden(LSTMCell, CELL),
  LayerNorm: golden(LayerNorm, ['numFeatures']),
  Linear: golden(Linear, SIZES),
  LinearGeneral: golden(LinearGeneral, SIZES),
  LoRA: golden(LoRA, ['inFeatures', 'loraRank', 'outFeatures']),
  LoRALinear: golden(LoRALinear, SIZES),
  MultiHeadAttention: golden(MultiHeadAttention, ['numHeads', 'inFeatures']),
  OptimizedLSTMCell: golden(OptimizedLSTMCell, CELL),
  PReLU: golden(PReLU, ['negativeSlopeInit'], false),
  RMSNorm: golden(RMSNorm, ['numFeatures']),
  RNN: golden(RNN, ['cell'], false),
  SimpleCell: golden(SimpleCell, CELL),
  SpectralNorm: golden(SpectralNorm, ['layerInstance']),
  WeightNorm: golden(WeightNorm, ['layerInstance']),
  Sequential: { make: (_options, args) => new Sequential(...(args as Step[])), positional: [], needsRngs: false },
};

/** Functions and types by their names in the plan, in our spelling; those with a second positional argument take it as an option here. */
export const FUNCTIONS: Readonly<Record<string, unknown>> = {
  Param,
  add: tf.add,
  avgPool,
  celu: (x: tf.Tensor, alpha: number) => celu(x, { alpha }),
  combineMasks,
  dotProductAttention,
  elu: (x: tf.Tensor, alpha: number) => elu(x, { alpha }),
  glu,
  greaterEqual,
  hardSigmoid,
  leakyRelu: (x: tf.Tensor, negativeSlope: number) => leakyRelu(x, { negativeSlope }),
  logSoftmax,
  logsumexp,
  makeAttentionMask,
  makeCausalMask,
  maxPool,
  minPool,
  oneHot,
  relu,
  softmax,
  standardize,
};
