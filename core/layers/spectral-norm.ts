/** @file SpectralNorm: divides the kernels of another layer by their largest singular value. Port of nnx.SpectralNorm (arXiv:1802.05957). */
import { wrappedOnnx } from './shared/wrapped-onnx.ts';
import { ValueError } from '../nnx/errors.ts';
import { iterGraph } from '../nnx/iterate.ts';
import type { CallableModule } from '../nnx/module.ts';
import { Module } from '../nnx/module.ts';
import { pathText } from '../nnx/path.ts';
import { data } from '../nnx/pytree.ts';
import type { Rngs } from '../nnx/rngs.ts';
import { BatchStat, Param } from '../nnx/variable.ts';
import { defineLayer, p, port } from '../spec/index.ts';
import { customGradient } from '../tensor/custom-gradient.ts';
import { tf } from '../tensor/tf.ts';
import { draw, filled, tensorOf } from './shared/initialize.ts';
import { readOptions, type LayerOptions } from './shared/options.ts';
import { dtypeParams } from './shared/params.ts';
import { emitWrapped, inferWrapped, kerasWrapped, makeWrapped, typescriptWrapped, wrappedCost, wrappedParams } from './shared/wrapped.ts';

const params = {
  nSteps: p.int({ default: 1, min: 0, doc: 'Steps of the power iteration per call.' }),
  epsilon: p.float({ default: 1e-12, min: 0, advanced: true, doc: 'Added to squared lengths so that nothing is divided by zero.' }),
  ...dtypeParams,
  errorOnNonMatrix: p.bool({
    default: false,
    advanced: true,
    doc: 'Refuse parameters with more than two axes instead of flattening them.',
  }),
  updateStats: p.bool({ default: true, doc: 'Remember where the power iteration is. eval() stops it, train() goes on.' }),
};

export type SpectralNormOptions = LayerOptions<typeof params> & { readonly layerInstance: Module; readonly rngs: Rngs };

/**
 * Before each call, overwrites every Param of the wrapped layer that has two axes or more, in place, by W / σ, in training and in evaluation.
 * Child: layerInstance. `batchStats` holds the BatchStats u (1, last axis) and sigma () of each, by path: 'kernel/u'. The mode is the
 * attribute `useRunningAverage`, so that train() and eval() find it.
 */
export class SpectralNorm extends Module {
  static override readonly typeName: string = 'SpectralNorm';
  /** Files of weights spell the keys as Python's tuples. */
  static readonly keyedByPath: readonly string[] = ['batchStats'];
  readonly layerInstance: Module;
  readonly nSteps: number;
  readonly epsilon: number;
  readonly dtype: string | null;
  readonly paramDtype: string;
  readonly errorOnNonMatrix: boolean;
  useRunningAverage: boolean;
  readonly batchStats: Readonly<Record<string, BatchStat>>;

  /** @throws ValueError for a parameter of more than two axes, if told to refuse it. */
  constructor(options: SpectralNormOptions) {
    super();
    const args = readOptions('SpectralNorm', params, options, ['layerInstance', 'rngs']);
    this.layerInstance = options.layerInstance;
    this.nSteps = args.nSteps;
    this.epsilon = args.epsilon;
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
    this.errorOnNonMatrix = args.errorOnNonMatrix;
    this.useRunningAverage = !args.updateStats;
    const stats: Record<string, BatchStat> = {};
    for (const [path, { shape }] of matrices(this)) {
      const last = shape.at(-1)!;
      stats[`${path}/u`] = new BatchStat(tensorOf(draw(options.rngs, 'normal', [1, last])));
      stats[`${path}/sigma`] = new BatchStat(filled(1, []));
    }
    this.batchStats = data(stats);
  }

  /**
   * What the wrapped layer gives for its normalized parameters. `updateStats` overrides the mode for this call: whether u and sigma are
   * stored. The caller owns what the wrapped layer gives.
   * @throws ValueError for a parameter of more than two axes, if told to refuse it.
   */
  call(input: tf.Tensor | tf.TensorLike, { updateStats }: { readonly updateStats?: boolean | null } = {}): unknown {
    const isUpdated = updateStats ?? !this.useRunningAverage;
    tf.tidy(() => {
      for (const [path, param] of matrices(this)) normalizeInPlace(this, path, param, isUpdated);
    });
    return (this.layerInstance as CallableModule<unknown[]>).call(input);
  }
}

/** The Params that have a spectrum, by path. */
function matrices({ layerInstance, nSteps, errorOnNonMatrix }: SpectralNorm): [string, Param][] {
  const found: [string, Param][] = [];
  for (const [path, value] of iterGraph(layerInstance)) {
    if (!(value instanceof Param) || value.shape.length <= 1 || nSteps < 1) continue;
    if (value.shape.length > 2 && errorOnNonMatrix) {
      throw new ValueError(
        `Layer instance parameter is ${value.shape.length}D but error_on_non_matrix is True. Leave errorOnNonMatrix out to flatten it.`,
      );
    }
    found.push([pathText(path), value as Param]);
  }
  return found;
}

/** W / σ in place of W; with more than two axes, W is the matrix of all axes but the last by the last. */
function normalizeInPlace(layer: SpectralNorm, path: string, param: Param, isUpdated: boolean): void {
  const [uStat, sigmaStat] = [layer.batchStats[`${path}/u`], layer.batchStats[`${path}/sigma`]];
  if (!uStat || !sigmaStat) {
    throw new Error(
      `Could not find the statistics of the param ${path}. Parameters of the layerInstance should not change: wrap the layer anew.`,
    );
  }
  const weights = param.value;
  const matrix = tf.reshape(weights, [weights.size / weights.shape.at(-1)!, weights.shape.at(-1)!]) as tf.Tensor2D;
  const { u, v } = iterate(uStat.value, matrix, layer);
  const sigma = tf.reshape(tf.matMul(tf.matMul(v, matrix), u, false, true), []);
  const one = tf.scalar(1);
  // A kernel of zeros stays as it is.
  const divisor = tf.where(tf.notEqual(sigma, tf.scalar(0)), sigma, one);
  if (isUpdated) {
    uStat.value = u;
    sigmaStat.value = sigma;
  }
  param.value = tf.reshape(tf.div(matrix, divisor), weights.shape);
}

/**
 * The power iteration: nSteps times v = u · Wᵀ and u = v · W, each brought to length 1. Both vectors are constants to the gradient, so they
 * come out of an op that has none; it gives one tensor, so they are joined.
 */
function iterate(start: tf.Tensor, matrix: tf.Tensor2D, { nSteps, epsilon }: SpectralNorm): { u: tf.Tensor2D; v: tf.Tensor2D } {
  const unit = (x: tf.Tensor2D) => tf.mul(x, tf.rsqrt(tf.add(tf.sum(tf.square(x)), epsilon))) as tf.Tensor2D;
  const forward = () => {
    let u = start as tf.Tensor2D;
    let v = u;
    for (let i = 0; i < nSteps; i++) {
      v = unit(tf.matMul(u, matrix, false, true));
      u = unit(tf.matMul(v, matrix));
    }
    return tf.concat([u, v], 1);
  };
  const both = customGradient([], forward, () => []) as tf.Tensor2D;
  const [u, v] = tf.split(both, [matrix.shape[1], matrix.shape[0]], 1) as [tf.Tensor2D, tf.Tensor2D];
  return { u, v };
}

const descriptorParams = { ...wrappedParams, ...params };

export const spectralNormLayer = defineLayer({
  type: 'SpectralNorm',
  family: 'normalization',
  doc: 'A Linear or Conv whose kernel is divided by its largest singular value, to keep it from growing.',
  keywords: ['spectral normalization', 'spectral_norm', 'GAN', 'Lipschitz'],
  params: descriptorParams,
  inputs: { x: port({ minRank: 1 }) },
  outputs: { y: port() },
  usesRngs: true,
  isComposed: true,
  infer: inferWrapped,
  cost: wrappedCost,
  make: (args, { rngs }) => {
    const { nSteps, epsilon, dtype, paramDtype, errorOnNonMatrix, updateStats } = args;
    return new SpectralNorm({
      layerInstance: makeWrapped(args, rngs),
      nSteps,
      epsilon,
      dtype,
      paramDtype,
      errorOnNonMatrix,
      updateStats,
      rngs,
    });
  },
  emit: {
    keras: kerasWrapped,
    flax: { construct: (context) => emitWrapped('nnx.SpectralNorm', context) },
    typescript: typescriptWrapped('SpectralNorm'),
  },
  onnx: ({ x }, context) =>
    wrappedOnnx(x!, context, (kernel, shape) => {
      const { args, node, weight, ints, constant } = context;
      const steps = Number(args['nSteps']);
      if (steps < 1) return kernel;
      const epsilon = constant(Number(args['epsilon']));
      const unit = (row: string) => {
        const square = node('ReduceSum', [node('Mul', [row, row])], { keepdims: 0 });
        return node('Div', [row, node('Sqrt', [node('Add', [square, epsilon])])]);
      };
      const matrix = shape.length === 2 ? kernel : node('Reshape', [kernel, ints([-1, shape.at(-1)!])]);
      const turned = node('Transpose', [matrix], { perm: [1, 0] });
      let [u, v] = [weight("batch_stats.('kernel', 'u')"), ''];
      for (let i = 0; i < steps; i++) {
        v = unit(node('MatMul', [u, turned]));
        u = unit(node('MatMul', [v, matrix]));
      }
      const sigma = node('ReduceSum', [node('Mul', [node('MatMul', [v, matrix]), u])], { keepdims: 0 });
      // A kernel of zeros stays as it is.
      const isZero = node('Equal', [sigma, constant(0)]);
      return node('Div', [kernel, node('Where', [isZero, constant(1), sigma])]);
    }),
  examples: [
    { args: { inFeatures: 3, outFeatures: 2 }, inputs: { x: { shape: [2, 3] } } },
    { args: { layer: 'Conv', inFeatures: 2, outFeatures: 3, kernelSize: 3, nSteps: 2 }, inputs: { x: { shape: [1, 4, 2] } } },
  ],
});
