/** @file LayerNorm: normalizes each example over its features. Port of nnx.LayerNorm. */
import { layerNormOnnx } from './shared/norm-onnx.ts';
import type { Param } from '../nnx/variable.ts';
import { construct, defineLayer, port } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { toFloat, type Input } from './shared/input.ts';
import { featureAxesParam, inferNorm, reductionAxesParam } from './shared/norm-spec.ts';
import { Normalization, normalizationParams } from './shared/normalization.ts';
import { alongFeatures, computeStatistics, countAxes, normalize } from './shared/normalize.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { AXES_NORM_WEIGHTS, axesNorm, floatOf, fromEnd, normWeights, rankInto } from './shared/pytorch.ts';
import { kerasAxesNorm, isLastAxis, makeAxesNorm, NORM, NORM_NAMES } from './shared/keras.ts';

const params = normalizationParams(1e-6, { reductionAxes: reductionAxesParam, featureAxes: featureAxesParam });

export type LayerNormOptions = LayerOptions<typeof params> & WithRngs;

/**
 * (x − mean) / √(variance + epsilon) · scale + bias, with the mean and the biased variance of each example over `reductionAxes`.
 * Variables (numFeatures,): scale and bias, or null; with several `featureAxes` they hold the product of their lengths, row by row.
 */
export class LayerNorm extends Normalization {
  static override readonly typeName: string = 'LayerNorm';
  readonly reductionAxes: number | readonly number[];
  readonly featureAxes: number | readonly number[];

  constructor(options: LayerNormOptions) {
    const args = readOptions('LayerNorm', params, options);
    super(args, options);
    this.reductionAxes = args.reductionAxes;
    this.featureAxes = args.featureAxes;
  }

  /**
   * The same shape as the input. Where `mask`, broadcastable to it, is false, an entry is left out of the statistics, and normalized with
   * them nevertheless; where it leaves none, the result is NaN. The caller disposes the result.
   * @throws ValueError for axes that the input does not have, and for a mask that does not fit.
   * @throws RejectionError if there is a scale or bias, and the feature axes do not hold numFeatures.
   */
  call(input: Input, { mask }: { readonly mask?: tf.Tensor | null } = {}): tf.Tensor {
    return tf.tidy(() => {
      const x = toFloat(input);
      const features = countAxes(this.featureAxes, x.rank);
      const shape = (parameter: Param | null) => parameter && alongFeatures('LayerNorm', parameter.value, features, x.shape);
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
  emit: {
    keras: {
      construct: (context) => {
        const { reductionAxes } = context.args;
        if (!isLastAxis(context.args)) return makeAxesNorm(context, { useMean: true, reductionAxes });
        return `layers.LayerNormalization(${context.kwargs({ named: { epsilon: 'epsilon', ...NORM }, always: ['epsilon'] })})`;
      },
      definitions: (args) => (isLastAxis(args) ? [] : [kerasAxesNorm]),
      weights: (args) => (isLastAxis(args) ? [{ type: 'layers.LayerNormalization', names: NORM_NAMES }] : []),
    },
    pytorch: {
      construct: (context) => {
        const { args, source, option } = context;
        const rank = rankInto(context);
        const [reduced, features] = [fromEnd(args['reductionAxes'], rank), fromEnd(args['featureAxes'], rank)];
        const isOwn = String(reduced) === '-1' && String(features) === '-1' && (args['useScale'] === true || args['useBias'] === false);
        if (!isOwn) return axesNorm(context, reduced, features);
        const more = args['useScale'] === false ? ', elementwise_affine=False' : option('bias', 'useBias', true);
        return `nn.LayerNorm(${source('numFeatures')}${option('eps', 'epsilon', 1e-5)}${more})`;
      },
      call: (member, { x }, context) => `${member}(${floatOf(x!, context)})`,
      weights: [normWeights('nn.LayerNorm'), AXES_NORM_WEIGHTS],
    },
    flax: construct('nnx.LayerNorm', { positional: ['numFeatures'] }),
  },
  onnx: ({ x }, context) => layerNormOnnx(x!, context),
  examples: [
    { args: { numFeatures: 4 }, inputs: { x: { shape: [2, 3, 4] } } },
    { args: { numFeatures: 3, reductionAxes: [-2, -1], useBias: false }, inputs: { x: { shape: [2, 2, 3] } } },
  ],
});
