/** @file GroupNorm: normalizes groups of features within each example. Port of nnx.GroupNorm (arXiv:1803.08494). */
import { groupNormOnnx } from './shared/norm-onnx.ts';
import { ValueError } from '../nnx/errors.ts';
import type { Param } from '../nnx/variable.ts';
import { construct, defineLayer, divisorUpTo, formatShape, p, port, reject, requireRank, setTo } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { checkLastAxis, toFloat, type Input } from './shared/input.ts';
import { inferNorm } from './shared/norm-spec.ts';
import { Normalization, normalizationParams } from './shared/normalization.ts';
import { computeStatistics, countAxes, normalize } from './shared/normalize.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { affine, floatOf, normWeights, rankInto } from './shared/pytorch.ts';
import { kerasRank } from '../ops/shared/keras.ts';
import { kerasGap } from '../spec/emit-keras.ts';
import { NORM, NORM_NAMES, sameAxes } from './shared/keras.ts';

const params = normalizationParams(1e-6, {
  numGroups: p.int.nullable({
    default: 32,
    min: 1,
    unit: 'groups',
    doc: 'Into how many groups the features are split; none if groupSize is given.',
  }),
  groupSize: p.int.nullable({ min: 1, unit: 'features', doc: 'How many features are in a group, instead of how many groups there are.' }),
  reductionAxes: p.ints.nullable({
    advanced: true,
    doc: 'The axes that statistics are taken over; none given means all but the batch axis.',
  }),
});

export type GroupNormOptions = LayerOptions<typeof params> & WithRngs;

interface Grouping {
  readonly numFeatures: number;
  readonly numGroups: number | null;
  readonly groupSize: number | null;
}

/** How many groups of how many features; what is wrong is said in Flax's words. */
function groupsOf({ numFeatures, numGroups, groupSize }: Grouping): { groups: number; size: number } | string {
  if ((numGroups === null) === (groupSize === null)) {
    return 'Either `numGroups` or `groupSize` should be specified. If `groupSize` is to be specified, pass `numGroups: null` to override the default of 32.';
  }
  if (groupSize !== null) {
    if (numFeatures % groupSize === 0) return { groups: numFeatures / groupSize, size: groupSize };
    return `Number of features (${numFeatures}) is not multiple of the group size (${groupSize}). Choose a size that divides it.`;
  }
  const groups = numGroups ?? 1;
  if (numFeatures % groups === 0) return { groups, size: numFeatures / groups };
  return `Number of groups (${numGroups}) does not divide the number of channels (${numFeatures}). Choose a number that does.`;
}

/**
 * Splits the last axis into groups and normalizes each over itself and the axes between. Variables (numFeatures,): scale and bias, or null.
 * Where one of those axes is not reduced, or the first one is, Flax repeats the statistics along the wrong axis or fails; here they stay
 * with theirs.
 */
export class GroupNorm extends Normalization {
  static override readonly typeName: string = 'GroupNorm';
  readonly numGroups: number;
  readonly groupSize: number;
  readonly featureAxis: number = -1;
  readonly reductionAxes: number | readonly number[] | null;

  /** @throws ValueError if the groups do not come out even. */
  constructor(options: GroupNormOptions) {
    const args = readOptions('GroupNorm', params, options);
    const grouping = groupsOf(args);
    if (typeof grouping === 'string') throw new ValueError(grouping);
    super(args, options);
    this.numGroups = grouping.groups;
    this.groupSize = grouping.size;
    this.reductionAxes = args.reductionAxes;
  }

  /**
   * The same shape as the input; `mask`, with all features on its last axis, leaves entries out of the statistics. The caller disposes
   * the result.
   * @throws ValueError if there is no batch axis.
   */
  call(input: Input, { mask }: { readonly mask?: tf.Tensor | null } = {}): tf.Tensor {
    return tf.tidy(() => {
      const x = toFloat(input);
      checkLastAxis('GroupNorm', x, this.numFeatures, 'numFeatures');
      if (x.rank < 2) {
        throw new ValueError(
          `GroupNorm needs a batch axis before the features, but got ${formatShape(x.shape)}. Add one, such as tf.expandDims(x, 0).`,
        );
      }
      const groups = [this.numGroups, this.groupSize];
      const grouped = (t: tf.Tensor) => tf.reshape(t, [...t.shape.slice(0, -1), ...groups]);
      const last = x.rank - 1;
      const axes = countAxes(this.reductionAxes ?? x.shape.slice(1).map((_, i) => i + 1), x.rank).filter((axis) => axis !== last);
      const values = grouped(x);
      const statistics = computeStatistics(values, [...axes, x.rank], {
        useFastVariance: this.useFastVariance,
        mask: mask && grouped(checkedMask(mask, this.numFeatures)),
      });
      const shape = (parameter: Param | null) => parameter && tf.reshape(parameter.value, groups);
      return tf.reshape(normalize(values, statistics, this.epsilon, shape(this.scale), shape(this.bias)), x.shape);
    });
  }
}

/** @throws ValueError if the mask does not say of each feature whether it is left out: they are about to be split into groups. */
function checkedMask(mask: tf.Tensor, numFeatures: number): tf.Tensor {
  if (mask.shape.at(-1) === numFeatures) return mask;
  throw new ValueError(`mask must have a last axis of ${numFeatures}, one entry for each feature, but got ${formatShape(mask.shape)}.`);
}

export const groupNormLayer = defineLayer({
  type: 'GroupNorm',
  family: 'normalization',
  doc: 'Normalizes groups of features within each example, whatever the batch holds.',
  keywords: ['group normalization', 'GroupNormalization'],
  params,
  inputs: { x: port({ minRank: 2, doc: 'A batch axis, positions, and features on the last axis.' }) },
  outputs: { y: port() },
  usesRngs: true,
  infer: (inputs, args) => {
    const grouping = groupsOf(args);
    if (typeof grouping === 'string') {
      reject({
        code: 'param/groups',
        param: args.groupSize === null ? 'numGroups' : 'groupSize',
        expected: `groups that divide ${args.numFeatures} features`,
        got: `numGroups ${args.numGroups} and groupSize ${args.groupSize}`,
        fix: grouping,
        mends:
          args.numGroups !== null && args.groupSize === null ? [setTo('numGroups', divisorUpTo(args.numGroups, args.numFeatures))] : [],
      });
    }
    requireRank('x', inputs['x']!, { min: 2 });
    // The features are split into groups, with or without a scale.
    return inferNorm(inputs, { ...args, useScale: true });
  },
  make: (args, { rngs }) => new GroupNorm({ ...args, rngs }),
  emit: {
    keras: {
      construct: (context) => {
        const { numFeatures, numGroups, groupSize, reductionAxes } = context.args;
        const all = Array.from({ length: kerasRank(context) - 1 }, (_, i) => i + 1);
        if (reductionAxes !== null && !sameAxes(reductionAxes, all, kerasRank(context)))
          kerasGap('GroupNormalization of Keras takes statistics over all axes but the batch.');
        const groups =
          groupSize === null
            ? `groups=${numGroups === null ? 1 : context.source('numGroups')}`
            : `groups=${Number(numFeatures) / Number(groupSize)}`;
        return `layers.GroupNormalization(${groups}, ${context.kwargs({ named: { epsilon: 'epsilon', ...NORM }, always: ['epsilon'] })})`;
      },
      weights: () => [{ type: 'layers.GroupNormalization', names: NORM_NAMES }],
    },
    pytorch: {
      layout: (place) => Math.max(rankInto(place) - 2, 0),
      construct: (context) => {
        const { args, source, option } = context;
        const rank = rankInto(context);
        const axes = args['reductionAxes'];
        const isOwn =
          axes === null ||
          String(countAxes(axes as number | readonly number[], rank).sort()) === String(Array.from({ length: rank - 1 }, (_, i) => i + 1));
        if (!isOwn) context.refuse("PyTorch's group normalization takes its statistics over all axes but the batch.");
        const groups =
          args['groupSize'] === null ? source('numGroups') : String((args['numFeatures'] as number) / (args['groupSize'] as number));
        return affine((more) => `nn.GroupNorm(${groups}, ${source('numFeatures')}${option('eps', 'epsilon', 1e-5)}${more})`, context);
      },
      call: (member, { x }, context) => `${member}(${floatOf(x!, context)})`,
      weights: [normWeights('nn.GroupNorm')],
    },
    flax: construct('nnx.GroupNorm', { positional: ['numFeatures'] }),
  },
  onnx: ({ x }, context) => {
    const { groups, size } = groupsOf(context.args as unknown as Grouping) as { readonly groups: number; readonly size: number };
    return groupNormOnnx(x!, [groups, size], context);
  },
  examples: [
    { args: { numFeatures: 4, numGroups: 2 }, inputs: { x: { shape: [2, 2, 3, 4] } } },
    { args: { numFeatures: 6, numGroups: null, groupSize: 3 }, inputs: { x: { shape: [2, 3, 6] } } },
  ],
});
