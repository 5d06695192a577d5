/** @file LayerNorm: normalizes each example over its features. Port of nnx.LayerNorm. */
import { Module } from '../nnx/module.ts';
import type { Param } from '../nnx/variable.ts';
import { construct, defineLayer, port } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { drawParam } from './shared/initialize.ts';
import { toFloat, type Input } from './shared/input.ts';
import { alongFeatures, computeStatistics, countAxes, normalize } from './shared/normalize.ts';
import { featureAxesParam, inferNorm, reductionAxesParam } from './shared/norm-spec.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { dtypeParams, epsilonParam, normParams, numFeatures } from './shared/params.ts';

const params = {
  numFeatures,
  epsilon: epsilonParam(1e-6),
  ...normParams,
  reductionAxes: reductionAxesParam,
  featureAxes: featureAxesParam,
  ...dtypeParams,
};

export type LayerNormOptions = LayerOptions<typeof params> & WithRngs;

/** Subtracts the mean and divides by the standard deviation over `reductionAxes`. Variables (numFeatures,): scale and bias, or null. */
export class LayerNorm extends Module {
  static override readonly typeName: string = 'LayerNorm';
  readonly scale: Param | null;
  readonly bias: Param | null;
  readonly numFeatures: number;
  epsilon: number;
  readonly useBias: boolean;
  readonly useScale: boolean;
  readonly reductionAxes: number | readonly number[];
  readonly featureAxes: number | readonly number[];
  readonly useFastVariance: boolean;
  readonly dtype: string | null;
  readonly paramDtype: string;

  constructor(options: LayerNormOptions) {
    super();
    const args = readOptions('LayerNorm', params, options);
    this.scale = args.useScale ? drawParam(options.rngs, args.scaleInit, [args.numFeatures]) : null;
    this.bias = args.useBias ? drawParam(options.rngs, args.biasInit, [args.numFeatures]) : null;
    this.numFeatures = args.numFeatures;
    this.epsilon = args.epsilon;
    this.useBias = args.useBias;
    this.useScale = args.useScale;
    this.reductionAxes = args.reductionAxes;
    this.featureAxes = args.featureAxes;
    this.useFastVariance = args.useFastVariance;
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
  }

  /** The same shape as the input; `mask`, broadcastable to it, leaves entries out of the statistics. The caller disposes the result. */
  call(input: Input, { mask }: { readonly mask?: tf.Tensor | null } = {}): tf.Tensor {
    return tf.tidy(() => {
      const x = toFloat(input);
      const features = countAxes(this.featureAxes, x.rank);
      const shape = (parameter: Param | null) => (parameter ? alongFeatures(parameter.value, features, x.shape) : undefined);
      const statistics = computeStatistics(x, countAxes(this.reductionAxes, x.rank), { useFastVariance: this.useFastVariance, mask });
      return normalize(x, statistics, this.epsilon, shape(this.scale), shape(this.bias));
    });
  }
}

export const layerNormLayer = defineLayer({
  type: 'LayerNorm',
  family: 'normalization',
  doc: 'Normalizes each example over its features, whatever the batch holds.',
  keywords: ['layer normalization', 'LayerNormalization', 'transformer norm'],
  params,
  inputs: { x: port({ minRank: 1 }) },
  outputs: { y: port() },
  usesRngs: true,
  infer: inferNorm,
  make: (args, { rngs }) => new LayerNorm({ ...args, rngs }),
  emit: { flax: construct('nnx.LayerNorm', { positional: ['numFeatures'] }) },
  examples: [
    { args: { numFeatures: 4 }, inputs: { x: { shape: [2, 3, 4] } } },
    { args: { numFeatures: 3, reductionAxes: [-2, -1], useBias: false }, inputs: { x: { shape: [2, 2, 3] } } },
  ],
});
