/** @file Every layer type and op type. Written by `npm run registry` from the names of files; never edited by hand. */
import { batchNormLayer } from './layers/batch-norm.ts';
import { dropoutLayer } from './layers/dropout.ts';
import { embedLayer } from './layers/embed.ts';
import { groupNormLayer } from './layers/group-norm.ts';
import { instanceNormLayer } from './layers/instance-norm.ts';
import { layerNormLayer } from './layers/layer-norm.ts';
import { linearLayer } from './layers/linear.ts';
import { rmsNormLayer } from './layers/rms-norm.ts';
import { addOp } from './ops/add.ts';
import { celuOp } from './ops/celu.ts';
import { concatenateOp } from './ops/concatenate.ts';
import { eluOp } from './ops/elu.ts';
import { flattenOp } from './ops/flatten.ts';
import { geluOp } from './ops/gelu.ts';
import { gluOp } from './ops/glu.ts';
import { hardSigmoidOp } from './ops/hard-sigmoid.ts';
import { hardSiluOp } from './ops/hard-silu.ts';
import { hardTanhOp } from './ops/hard-tanh.ts';
import { huberLossOp } from './ops/huber-loss.ts';
import { identityOp } from './ops/identity.ts';
import { leakyReluOp } from './ops/leaky-relu.ts';
import { logSigmoidOp } from './ops/log-sigmoid.ts';
import { logSoftmaxOp } from './ops/log-softmax.ts';
import { meanSquaredErrorOp } from './ops/mean-squared-error.ts';
import { meanOp } from './ops/mean.ts';
import { multiplyOp } from './ops/multiply.ts';
import { oneHotOp } from './ops/one-hot.ts';
import { reluOp } from './ops/relu.ts';
import { relu6Op } from './ops/relu6.ts';
import { reshapeOp } from './ops/reshape.ts';
import { seluOp } from './ops/selu.ts';
import { sigmoidBinaryCrossEntropyOp } from './ops/sigmoid-binary-cross-entropy.ts';
import { sigmoidOp } from './ops/sigmoid.ts';
import { siluOp } from './ops/silu.ts';
import { softSignOp } from './ops/soft-sign.ts';
import { softmaxCrossEntropyWithIntegerLabelsOp } from './ops/softmax-cross-entropy-with-integer-labels.ts';
import { softmaxCrossEntropyOp } from './ops/softmax-cross-entropy.ts';
import { softmaxOp } from './ops/softmax.ts';
import { softplusOp } from './ops/softplus.ts';
import { standardizeOp } from './ops/standardize.ts';
import { sumOp } from './ops/sum.ts';
import { tanhOp } from './ops/tanh.ts';
import type { Descriptor, LayerDescriptor, OpDescriptor } from './spec/define.ts';

const layers = {
  BatchNorm: batchNormLayer,
  Dropout: dropoutLayer,
  Embed: embedLayer,
  GroupNorm: groupNormLayer,
  InstanceNorm: instanceNormLayer,
  LayerNorm: layerNormLayer,
  Linear: linearLayer,
  RMSNorm: rmsNormLayer,
} as const satisfies Readonly<Record<string, LayerDescriptor>>;

const ops = {
  add: addOp,
  celu: celuOp,
  concatenate: concatenateOp,
  elu: eluOp,
  flatten: flattenOp,
  gelu: geluOp,
  glu: gluOp,
  hardSigmoid: hardSigmoidOp,
  hardSilu: hardSiluOp,
  hardTanh: hardTanhOp,
  huberLoss: huberLossOp,
  identity: identityOp,
  leakyRelu: leakyReluOp,
  logSigmoid: logSigmoidOp,
  logSoftmax: logSoftmaxOp,
  meanSquaredError: meanSquaredErrorOp,
  mean: meanOp,
  multiply: multiplyOp,
  oneHot: oneHotOp,
  relu: reluOp,
  relu6: relu6Op,
  reshape: reshapeOp,
  selu: seluOp,
  sigmoidBinaryCrossEntropy: sigmoidBinaryCrossEntropyOp,
  sigmoid: sigmoidOp,
  silu: siluOp,
  softSign: softSignOp,
  softmaxCrossEntropyWithIntegerLabels: softmaxCrossEntropyWithIntegerLabelsOp,
  softmaxCrossEntropy: softmaxCrossEntropyOp,
  softmax: softmaxOp,
  softplus: softplusOp,
  standardize: standardizeOp,
  sum: sumOp,
  tanh: tanhOp,
} as const satisfies Readonly<Record<string, OpDescriptor>>;

/** Descriptors by type, layers first. */
export const registry = { ...layers, ...ops } as const;

export type LayerType = keyof typeof layers;
export type OpType = keyof typeof ops;

/** The descriptor of a type, or undefined where the type is not known. */
export function findDescriptor(type: string): Descriptor | undefined {
  return Object.hasOwn(registry, type) ? registry[type as LayerType | OpType] : undefined;
}
