/** @file GroupNorm: normalizes groups of features within each example. Port of nnx.GroupNorm (arXiv:1803.08494). */
import { ValueError } from '../nnx/errors.ts';
import { Module } from '../nnx/module.ts';
import type { Param } from '../nnx/variable.ts';
import { construct, defineLayer, p, port, reject } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { drawParam } from './shared/initialize.ts';
import { checkLastAxis, toFloat, type Input } from './shared/input.ts';
import { inferNorm } from './shared/norm-spec.ts';
import { computeStatistics, countAxes, normalize } from './shared/normalize.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { dtypeParams, epsilonParam, normParams, numFeatures } from './shared/params.ts';

const params = {
  numFeatures,
  numGroups: p.int.nullable({
    default: 32,
    min: 1,
    unit: 'groups',
    doc: 'Into how many groups the features are split; none if groupSize is given.',
  }),
  groupSize: p.int.nullable({ min: 1, unit: 'features', doc: 'How many features are in a group, instead of how many groups there are.' }),
  epsilon: epsilonParam(1e-6),
  ...normParams,
  reductionAxes: p.ints.nullable({
    advanced: true,
    doc: 'The axes that statistics are taken over; none given means all but the batch axis.',
  }),
  ...dtypeParams,
};

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
 * Where one of those axes is not reduced, Flax repeats the statistics along the wrong axis; here they stay with theirs.
 */
export class GroupNorm extends Module {
  static override readonly typeName: string = 'GroupNorm';
  readonly scale: Param | null;
  readonly bias: Param | null;
  readonly numFeatures: number;
  readonly numGroups: number;
  readonly groupSize: number;
  readonly featureAxis: number = -1;
  epsilon: number;
  readonly useBias: boolean;
  readonly useScale: boolean;
  readonly reductionAxes: number | readonly number[] | null;
  readonly useFastVariance: boolean;
  readonly dtype: string | null;
  readonly paramDtype: string;

  /** @throws ValueError if the groups do not come out even. */
  constructor(options: GroupNormOptions) {
    super();
    const args = readOptions('GroupNorm', params, options);
    const grouping = groupsOf(args);
    if (typeof grouping === 'string') throw new ValueError(grouping);
    this.numGroups = grouping.groups;
    this.groupSize = grouping.size;
    this.scale = args.useScale ? drawParam(options.rngs, args.scaleInit, [args.numFeatures]) : null;
    this.bias = args.useBias ? drawParam(options.rngs, args.biasInit, [args.numFeatures]) : null;
    this.numFeatures = args.numFeatures;
    this.epsilon = args.epsilon;
    this.useBias = args.useBias;
    this.useScale = args.useScale;
    this.reductionAxes = args.reductionAxes;
    this.useFastVariance = args.useFastVariance;
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
  }

  /** The same shape as the input; `mask`, of the input's rank, leaves entries out of the statistics. The caller disposes the result. */
  call(input: Input, { mask }: { readonly mask?: tf.Tensor | null } = {}): tf.Tensor {
    return tf.tidy(() => {
      const x = toFloat(input);
      checkLastAxis('GroupNorm', x, this.numFeatures, 'numFeatures');
      const groups = [this.numGroups, this.groupSize];
      const grouped = (t: tf.Tensor) => tf.reshape(t, [...t.shape.slice(0, -1), ...groups]);
      const last = x.rank - 1;
      const axes = countAxes(this.reductionAxes ?? x.shape.slice(1).map((_, i) => i + 1), x.rank).filter((axis) => axis !== last);
      const values = grouped(x);
      const statistics = computeStatistics(values, [...axes, x.rank], {
        useFastVariance: this.useFastVariance,
        mask: mask && grouped(mask),
      });
      const shape = (parameter: Param | null) => (parameter ? tf.reshape(parameter.value, groups) : undefined);
      return tf.reshape(normalize(values, statistics, this.epsilon, shape(this.scale), shape(this.bias)), x.shape);
    });
  }
}

export const groupNormLayer = defineLayer({
  type: 'GroupNorm',
  family: 'normalization',
  doc: 'Normalizes groups of features within each example, whatever the batch holds.',
  keywords: ['group normalization', 'GroupNormalization'],
  params,
  inputs: { x: port({ minRank: 1 }) },
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
      });
    }
    return inferNorm(inputs, args);
  },
  make: (args, { rngs }) => new GroupNorm({ ...args, rngs }),
  emit: { flax: construct('nnx.GroupNorm', { positional: ['numFeatures'] }) },
  examples: [
    { args: { numFeatures: 4, numGroups: 2 }, inputs: { x: { shape: [2, 2, 3, 4] } } },
    { args: { numFeatures: 6, numGroups: null, groupSize: 3 }, inputs: { x: { shape: [2, 3, 6] } } },
  ],
});
