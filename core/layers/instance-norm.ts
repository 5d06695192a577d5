/** @file InstanceNorm: normalizes each feature of each example over space. Port of nnx.InstanceNorm (arXiv:1607.08022). */
import { layerNormOnnx } from './shared/norm-onnx.ts';
import { ValueError } from '../nnx/errors.ts';
import type { Param } from '../nnx/variable.ts';
import { construct, defineLayer, normalizeAxis, port, reject, requireRank, toDefault } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { toFloat, type Input } from './shared/input.ts';
import { featureAxesParam, inferNorm } from './shared/norm-spec.ts';
import { Normalization, normalizationParams } from './shared/normalization.ts';
import { alongFeatures, computeStatistics, countAxes, normalize } from './shared/normalize.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { AXES_NORM_WEIGHTS, affine, axesNorm, floatOf, normWeights, rankInto } from './shared/pytorch.ts';
import type { TorchPlace } from '../spec/emit-pytorch.ts';
import { kerasRank } from '../ops/shared/keras.ts';
import { kerasGap } from '../spec/emit-keras.ts';
import { NORM, NORM_NAMES, sameAxes } from './shared/keras.ts';

const params = normalizationParams(1e-6, { featureAxes: featureAxesParam });

export type InstanceNormOptions = LayerOptions<typeof params> & WithRngs;

/**
 * (x − mean) / √(variance + epsilon) · scale + bias, with statistics over all axes but the first, which is the batch, and the feature
 * axes. Variables (numFeatures,): scale and bias, or null.
 */
export class InstanceNorm extends Normalization {
  static override readonly typeName: string = 'InstanceNorm';
  readonly featureAxes: number | readonly number[];

  constructor(options: InstanceNormOptions) {
    const args = readOptions('InstanceNorm', params, options);
    super(args, options);
    this.featureAxes = args.featureAxes;
  }

  /**
   * The same shape as the input; `mask`, broadcastable to it, leaves entries out of the statistics. The caller disposes the result.
   * @throws ValueError if the first axis is a feature axis.
   */
  call(input: Input, { mask }: { readonly mask?: tf.Tensor | null } = {}): tf.Tensor {
    return tf.tidy(() => {
      const x = toFloat(input);
      const features = countAxes(this.featureAxes, x.rank);
      if (features.includes(0)) {
        throw new ValueError(
          'The channel axes cannot include the leading dimension as this is assumed to be the batch axis. Set featureAxes to -1.',
        );
      }
      const reduced = x.shape.flatMap((_, axis) => (axis === 0 || features.includes(axis) ? [] : [axis]));
      const shape = (parameter: Param | null) => parameter && alongFeatures('InstanceNorm', parameter.value, features, x.shape);
      const statistics = computeStatistics(x, reduced, { useFastVariance: this.useFastVariance, mask });
      return normalize(x, statistics, this.epsilon, shape(this.scale), shape(this.bias));
    });
  }
}

const torchIsLast = (place: TorchPlace) => {
  const rank = rankInto(place);
  const features = countAxes(place.args['featureAxes'] as number | readonly number[], rank);
  return rank >= 3 && features.length === 1 && features[0] === rank - 1;
};

export const instanceNormLayer = defineLayer({
  type: 'InstanceNorm',
  family: 'normalization',
  doc: 'Normalizes each feature of each example over its positions.',
  keywords: ['instance normalization', 'InstanceNorm1d', 'InstanceNorm2d', 'style transfer'],
  params,
  inputs: { x: port({ minRank: 3, doc: 'A batch axis, positions, and features on the last axis.' }) },
  outputs: { y: port() },
  usesRngs: true,
  infer: (inputs, args) => {
    // With fewer axes each entry is its own mean, and the result is the bias everywhere: Flax gives it, nobody means it.
    requireRank('x', inputs['x']!, { min: 3 });
    if ([args.featureAxes].flat().some((axis) => normalizeAxis(axis, inputs['x']!.shape.length) === 0)) {
      reject({
        code: 'param/axis',
        param: 'featureAxes',
        expected: 'featureAxes without the first axis, which is that of the batch',
        got: JSON.stringify(args.featureAxes),
        fix: 'Set featureAxes to -1.',
        mends: [toDefault('featureAxes', -1)],
      });
    }
    return inferNorm(inputs, args);
  },
  make: (args, { rngs }) => new InstanceNorm({ ...args, rngs }),
  emit: {
    keras: {
      construct: (context) => {
        if (!sameAxes(context.args['featureAxes'], -1, kerasRank(context)))
          kerasGap('GroupNormalization of Keras has its features on one axis.');
        return `layers.GroupNormalization(groups=-1, ${context.kwargs({ named: { epsilon: 'epsilon', ...NORM }, always: ['epsilon'] })})`;
      },
      weights: () => [{ type: 'layers.GroupNormalization', names: NORM_NAMES }],
    },
    pytorch: {
      layout: (place) => (torchIsLast(place) ? rankInto(place) - 2 : 0),
      construct: (context) => {
        const { args, source, option } = context;
        const rank = rankInto(context);
        const features = countAxes(args['featureAxes'] as number | readonly number[], rank);
        if (!torchIsLast(context) || rank > 5) {
          const dim = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis > 0 && !features.includes(axis));
          return axesNorm(context, dim, features);
        }
        return affine(
          (more) => `nn.InstanceNorm${rank - 2}d(${source('numFeatures')}${option('eps', 'epsilon', 1e-5)}${more})`,
          context,
          'affine',
          false,
        );
      },
      call: (member, { x }, context) => `${member}(${floatOf(x!, context)})`,
      weights: (place) => [
        torchIsLast(place) && rankInto(place) <= 5 ? normWeights(`nn.InstanceNorm${rankInto(place) - 2}d`) : AXES_NORM_WEIGHTS,
      ],
    },
    flax: construct('nnx.InstanceNorm', { positional: ['numFeatures'] }),
  },
  onnx: ({ x }, context) => {
    const features = countAxes(context.args['featureAxes'] as number | number[], x!.shape.length);
    const reductionAxes = x!.shape.flatMap((_, axis) => (axis === 0 || features.includes(axis) ? [] : [axis]));
    return layerNormOnnx(x!, { ...context, args: { ...context.args, reductionAxes } });
  },
  examples: [
    { args: { numFeatures: 2 }, inputs: { x: { shape: [2, 3, 2, 2] } } },
    { args: { numFeatures: 3, useBias: false }, inputs: { x: { shape: [2, 4, 3] } } },
  ],
});
