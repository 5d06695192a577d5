/** @file RMSNorm: divides by the root mean square, without subtracting a mean. Port of nnx.RMSNorm (arXiv:1910.07467). */
import { layerNormOnnx } from './shared/norm-onnx.ts';
import { Module } from '../nnx/module.ts';
import type { Param } from '../nnx/variable.ts';
import { construct, defineLayer, port } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { draw, toParam } from './shared/initialize.ts';
import { toFloat, type Input } from './shared/input.ts';
import { featureAxesParam, inferNorm, reductionAxesParam } from './shared/norm-spec.ts';
import { alongFeatures, computeStatistics, countAxes, normalize } from './shared/normalize.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { dtypeParams, epsilonParam, normParams, numFeatures } from './shared/params.ts';
import { AXES_NORM_WEIGHTS, axesNorm, floatOf, fromEnd, normWeights, rankInto } from './shared/pytorch.ts';
import type { Args } from '../spec/params.ts';
import { kerasAxesNorm, isLastAxis, makeAxesNorm } from './shared/keras.ts';

const params = {
  numFeatures,
  epsilon: epsilonParam(1e-6),
  useScale: normParams.useScale,
  scaleInit: normParams.scaleInit,
  reductionAxes: reductionAxesParam,
  featureAxes: featureAxesParam,
  ...dtypeParams,
};

export type RMSNormOptions = LayerOptions<typeof params> & WithRngs;

/**
 * x / √(E[x²] + epsilon) · scale, with the mean square of each example over `reductionAxes`. Variable (numFeatures,): scale, or null.
 * Flax takes `useFastVariance` too, where it changes nothing.
 */
export class RMSNorm extends Module {
  static override readonly typeName: string = 'RMSNorm';
  readonly scale: Param | null;
  readonly numFeatures: number;
  epsilon: number;
  readonly useScale: boolean;
  readonly reductionAxes: number | readonly number[];
  readonly featureAxes: number | readonly number[];
  readonly dtype: string | null;
  readonly paramDtype: string;

  /** Draws a key for the scale. */
  constructor(options: RMSNormOptions) {
    super();
    const args = readOptions('RMSNorm', params, options);
    this.scale = args.useScale ? toParam(draw(options.rngs, args.scaleInit, [args.numFeatures])) : null;
    this.numFeatures = args.numFeatures;
    this.epsilon = args.epsilon;
    this.useScale = args.useScale;
    this.reductionAxes = args.reductionAxes;
    this.featureAxes = args.featureAxes;
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
  }

  /**
   * The same shape as the input. `mask`, broadcastable to it, leaves entries out of the mean square where it is false. The caller disposes
   * the result.
   * @throws ValueError for axes that the input does not have, and for a mask that does not fit.
   * @throws RejectionError if there is a scale, and the feature axes do not hold numFeatures.
   */
  call(input: Input, { mask }: { readonly mask?: tf.Tensor | null } = {}): tf.Tensor {
    return tf.tidy(() => {
      const x = toFloat(input);
      const statistics = computeStatistics(x, countAxes(this.reductionAxes, x.rank), { useMean: false, mask });
      const scale = this.scale ? alongFeatures('RMSNorm', this.scale.value, countAxes(this.featureAxes, x.rank), x.shape) : null;
      return normalize(x, statistics, this.epsilon, scale, null);
    });
  }
}

/** What RMSNormalization of Keras has. */
const isPlain = (args: Args): boolean => isLastAxis(args) && args['useScale'] === true && args['scaleInit'] === 'ones';

export const rmsNormLayer = defineLayer({
  type: 'RMSNorm',
  family: 'normalization',
  doc: 'Divides each example by the root mean square of its features.',
  keywords: ['root mean square', 'RMSNormalization', 'LLaMA'],
  params,
  inputs: { x: port({ minRank: 1 }) },
  outputs: { y: port() },
  usesRngs: true,
  infer: inferNorm,
  make: (args, { rngs }) => new RMSNorm({ ...args, rngs }),
  emit: {
    keras: {
      construct: (context) => {
        if (!isPlain(context.args)) return makeAxesNorm(context, { useMean: false, reductionAxes: context.args['reductionAxes'] });
        return `layers.RMSNormalization(${context.kwargs({ named: { epsilon: 'epsilon' } })})`;
      },
      definitions: (args) => (isPlain(args) ? [] : [kerasAxesNorm]),
    },
    pytorch: {
      construct: (context) => {
        const { args, source, option } = context;
        const rank = rankInto(context);
        const [reduced, features] = [fromEnd(args['reductionAxes'], rank), fromEnd(args['featureAxes'], rank)];
        const isOwn = String(reduced) === '-1' && String(features) === '-1';
        if (!isOwn) return axesNorm(context, reduced, features, false);
        const more = args['useScale'] === false ? ', elementwise_affine=False' : '';
        return `nn.RMSNorm(${source('numFeatures')}${option('eps', 'epsilon', null)}${more})`;
      },
      call: (member, { x }, context) => `${member}(${floatOf(x!, context)})`,
      weights: [normWeights('nn.RMSNorm'), AXES_NORM_WEIGHTS],
    },
    flax: construct('nnx.RMSNorm', { positional: ['numFeatures'] }),
  },
  onnx: ({ x }, context) => layerNormOnnx(x!, context, false),
  examples: [
    { args: { numFeatures: 4 }, inputs: { x: { shape: [2, 4] } } },
    { args: { numFeatures: 3, reductionAxes: [1, 2] }, inputs: { x: { shape: [2, 2, 3] } } },
  ],
});
