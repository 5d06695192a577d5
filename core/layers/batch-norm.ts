/** @file BatchNorm: normalizes each feature over the batch, and remembers the statistics for later. Port of nnx.BatchNorm. */
import { batchNormOnnx } from './shared/norm-onnx.ts';
import { BatchStat, type Param } from '../nnx/variable.ts';
import {
  construct,
  defineLayer,
  normalizeAxis,
  p,
  port,
  reject,
  requireAxis,
  requireDtype,
  requireRank,
  toDefault,
} from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { filled } from './shared/initialize.ts';
import { checkAxis, toFloat, type Input } from './shared/input.ts';
import { resolveMode } from './shared/mode.ts';
import { Normalization, normalizationParams } from './shared/normalization.ts';
import { alongFeatures, computeStatistics, countAxes, normalize, type Statistics } from './shared/normalize.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { affine, floatOf, rankInto } from './shared/pytorch.ts';
import type { TorchDefinition, TorchLayer, TorchPlace } from '../spec/emit-pytorch.ts';
import { kerasGap } from '../spec/emit-keras.ts';
import { NORM, NORM_NAMES } from './shared/keras.ts';

const params = normalizationParams(1e-5, {
  useRunningAverage: p.bool.nullable({
    default: false,
    mode: true,
    doc: 'Normalize with the stored statistics instead of those of the batch. eval() sets it, train() clears it.',
  }),
  axis: p.int({ default: -1, advanced: true, doc: 'The feature axis; statistics are taken over all others.' }),
  momentum: p.float({ default: 0.99, min: 0, max: 1, step: 0.01, doc: 'Share of the old statistics that a training step keeps.' }),
});

export type BatchNormOptions = LayerOptions<typeof params> & WithRngs;

export interface BatchNormCall {
  /** Overrides the attribute for this call. */
  readonly useRunningAverage?: boolean | null;
  /** Broadcastable to the input; false leaves an entry out of the statistics. It is normalized nevertheless. */
  readonly mask?: tf.Tensor | null;
}

/**
 * Subtracts the mean and divides by the standard deviation of each feature over all other axes. In training these are the batch's, and
 * the stored `mean` and `var` (biased) move towards them by 1 − momentum; with `useRunningAverage` the stored ones are used and stay.
 * Variables, each (numFeatures,): scale and bias, or null; the BatchStats mean and var.
 */
export class BatchNorm extends Normalization {
  static override readonly typeName: string = 'BatchNorm';
  static readonly viewSpec = [
    {
      name: 'useRunningAverage',
      type: 'bool | None',
      default: null,
      doc: 'if True, the stored batch statistics will be\nused instead of computing the batch statistics on the input.',
    },
  ];
  readonly mean: BatchStat;
  readonly var: BatchStat;
  useRunningAverage: boolean | null;
  axis: number;
  momentum: number;

  /** Draws a key for the scale, then one for the bias. The statistics start with a mean of 0 and a variance of 1. */
  constructor(options: BatchNormOptions) {
    const args = readOptions('BatchNorm', params, options);
    super(args, options);
    this.mean = new BatchStat(filled(0, [args.numFeatures]));
    this.var = new BatchStat(filled(1, [args.numFeatures]));
    this.useRunningAverage = args.useRunningAverage;
    this.axis = args.axis;
    this.momentum = args.momentum;
  }

  /**
   * The same shape as the input. In training the stored statistics change. The caller disposes the result.
   * @throws ValueError if neither the call nor the attribute says whether to use the stored statistics.
   */
  call(input: Input, { useRunningAverage, mask }: BatchNormCall = {}): tf.Tensor {
    const useStored = resolveMode('BatchNorm', 'useRunningAverage', useRunningAverage, this.useRunningAverage);
    return tf.tidy(() => {
      const x = toFloat(input);
      const [feature] = countAxes(this.axis, x.rank);
      // Without scale and bias too: the stored statistics have numFeatures.
      checkAxis('BatchNorm', x, feature!, this.numFeatures, 'numFeatures');
      const shape = ({ value }: Param | BatchStat) => alongFeatures('BatchNorm', value, [feature!], x.shape);
      const statistics = useStored
        ? { mean: shape(this.mean), variance: shape(this.var) }
        : measure(
            this,
            x,
            x.shape.flatMap((_, axis) => (axis === feature ? [] : [axis])),
            mask,
          );
      return normalize(x, statistics, this.epsilon, this.scale && shape(this.scale), this.bias && shape(this.bias));
    });
  }

  setView({ useRunningAverage }: { readonly useRunningAverage?: boolean | null }): void {
    if (useRunningAverage !== null && useRunningAverage !== undefined) this.useRunningAverage = useRunningAverage;
  }
}

// Functions, not private methods: those of a class written with # are missing on copies that `view` makes.

/** The statistics of the batch, after moving the stored ones towards them. */
function measure(layer: BatchNorm, x: tf.Tensor, axes: readonly number[], mask: tf.Tensor | null | undefined): Statistics {
  const batch = computeStatistics(x, axes, { useFastVariance: layer.useFastVariance, mask });
  layer.mean.set(moved(layer.mean.value, batch.mean!, layer.momentum));
  layer.var.set(moved(layer.var.value, batch.variance, layer.momentum));
  return batch;
}

/** momentum · stored + (1 − momentum) · batch. The batch has kept its reduced axes, the stored one has none. */
function moved(stored: tf.Tensor, batch: tf.Tensor, momentum: number): tf.Tensor {
  return tf.add(tf.mul(stored, momentum), tf.mul(tf.reshape(batch, [batch.size]), 1 - momentum));
}

/** PyTorch would store the unbiased variance of a batch. */
const batchNorm = (axes: number): TorchDefinition => ({
  name: `BatchNorm${axes}d`,
  source: `class BatchNorm${axes}d(nn.BatchNorm${axes}d):
    """Stores the biased variance of a batch, with which it also normalizes."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training:
            return super().forward(x)
        with torch.no_grad():
            dims = [0, *range(2, x.ndim)]
            self.running_mean.lerp_(x.mean(dims), self.momentum)
            self.running_var.lerp_(x.var(dims, correction=0), self.momentum)
        return F.batch_norm(x, None, None, self.weight, self.bias, training=True, eps=self.eps)`,
});

const torchAxes = (place: TorchPlace): number => {
  const rank = rankInto(place);
  if (rank < 2 || rank > 5) return place.refuse("PyTorch's batch normalization takes a batch axis, channels, and up to three axes more.");
  return Math.max(rank - 2, 1);
};

const torchBatchNorm: TorchLayer = {
  layout: (place) => {
    const rank = rankInto(place);
    return rank > 2 && normalizeAxis(place.args['axis'] as number, rank) === rank - 1 ? rank - 2 : 0;
  },
  construct: (context) => {
    const { args, source, option, define } = context;
    const momentum = args['momentum'] as number;
    // Of what is new, not of what is old.
    const share = momentum === 0.9 ? '' : `, momentum=${Number((1 - momentum).toPrecision(12))}`;
    const name = define(batchNorm(torchAxes(context)));
    return affine((more) => `${name}(${source('numFeatures')}${option('eps', 'epsilon', 1e-5)}${share}${more})`, context);
  },
  call: (member, { x }, context) => {
    const rank = rankInto(context);
    const axis = normalizeAxis(context.args['axis'] as number, rank)!;
    const given = floatOf(x!, context);
    // Features on the second axis, or on the last, where the pass over the layouts has seen to them.
    if (axis === 1 || axis === rank - 1) return `${member}(${given})`;
    return `${member}(${given}.movedim(${axis}, 1)).movedim(1, ${axis})`;
  },
  weights: (place) => [
    {
      of: `BatchNorm${torchAxes(place)}d`,
      tensors: { weight: { flax: 'scale' }, running_mean: { flax: 'mean' }, running_var: { flax: 'var' } },
    },
  ],
};

export const batchNormLayer = defineLayer({
  type: 'BatchNorm',
  family: 'normalization',
  doc: 'Normalizes each feature over the batch and keeps running statistics for evaluation.',
  keywords: ['batch normalization', 'BatchNorm1d', 'BatchNorm2d', 'BatchNorm3d', 'BatchNormalization'],
  params,
  inputs: { x: port({ minRank: 1, doc: 'Features on the last axis, unless axis says otherwise.' }) },
  outputs: { y: port() },
  usesRngs: true,
  infer: ({ x }, { axis, numFeatures }) => {
    requireDtype('x', x!, ['float32', 'int32']);
    requireRank('x', x!, { min: 1 });
    if (normalizeAxis(axis, x!.shape.length) === undefined) {
      reject({
        code: 'param/axis',
        param: 'axis',
        expected: `an axis from ${-x!.shape.length} to ${x!.shape.length - 1}`,
        got: `${axis}`,
        fix: 'Set axis to -1 for features on the last axis.',
        mends: [toDefault('axis', -1)],
      });
    }
    requireAxis('x', x!, axis, numFeatures, 'numFeatures');
    return { y: { shape: x!.shape, dtype: 'float32' } };
  },
  make: (args, { rngs }) => new BatchNorm({ ...args, rngs }),
  emit: {
    keras: {
      construct: (context) => {
        if (context.spec('x')?.shape.length === 1) kerasGap('BatchNormalization of Keras needs an axis beside that of the features.');
        const named = { axis: 'axis', momentum: 'momentum', epsilon: 'epsilon', ...NORM };
        return `layers.BatchNormalization(${context.kwargs({ named, always: ['epsilon'] })})`;
      },
      weights: () => [{ type: 'layers.BatchNormalization', names: { ...NORM_NAMES, mean: 'moving_mean', var: 'moving_variance' } }],
    },
    pytorch: torchBatchNorm,
    flax: construct('nnx.BatchNorm', { positional: ['numFeatures'] }),
  },
  onnx: ({ x }, context) => batchNormOnnx(x!, context),
  examples: [
    { args: { numFeatures: 3 }, inputs: { x: { shape: [4, 3] } } },
    { args: { numFeatures: 2, useRunningAverage: true }, inputs: { x: { shape: [2, 3, 3, 2] } } },
    { args: { numFeatures: 3, axis: 1, useScale: false, useFastVariance: false }, inputs: { x: { shape: [2, 3, 2] } } },
  ],
});
