/** @file WeightNorm: keeps the kernels of another layer at length 1, times a scale. Port of nnx.WeightNorm (arXiv:1602.07868). */
import { wrappedOnnx } from './shared/wrapped-onnx.ts';
import { PathContains, toPredicate, type Filter, type Predicate } from '../nnx/filter.ts';
import { iterGraph } from '../nnx/iterate.ts';
import type { CallableModule } from '../nnx/module.ts';
import { Module } from '../nnx/module.ts';
import { pathText } from '../nnx/path.ts';
import { data } from '../nnx/pytree.ts';
import { Rngs } from '../nnx/rngs.ts';
import { Param, Variable } from '../nnx/variable.ts';
import type { Initializer } from '../random/initializers.ts';
import { defineLayer, p, port } from '../spec/index.ts';
import type { InitializerValue } from '../spec/params.ts';
import { tf } from '../tensor/tf.ts';
import { draw, tensorOf } from './shared/initialize.ts';
import { countAxes } from './shared/normalize.ts';
import { readOptions, type LayerOptions } from './shared/options.ts';
import { dtypeParams } from './shared/params.ts';
import { emitWrapped, inferWrapped, kerasWrapped, makeWrapped, typescriptWrapped, wrappedCost, wrappedParams } from './shared/wrapped.ts';

const params = {
  featureAxes: p.ints.nullable({
    default: -1,
    advanced: true,
    doc: 'The axes that have a length of their own; none means one length for all.',
  }),
  useScale: p.bool({ default: true, doc: 'Multiply by a scale.' }),
  scaleInit: p.initializer({ default: 'ones', doc: 'How the scale starts.' }),
  epsilon: p.float({ default: 1e-12, min: 0, advanced: true, doc: 'Added to the squared length so that nothing is divided by zero.' }),
  ...dtypeParams,
};

export type WeightNormOptions = LayerOptions<typeof params> & {
  readonly layerInstance: Module;
  /** Which Variables of the layer are normalized; those whose path contains 'kernel' unless given. */
  readonly variableFilter?: Filter;
  readonly rngs: Rngs;
};

/**
 * Before each call, overwrites the chosen Variables of the wrapped layer, in place, by w / |w| · scale. Child: layerInstance. `scales` holds
 * one Variable per parameter, by its path; it is no Param, so that it stays as it is, as in Flax.
 */
export class WeightNorm extends Module {
  static override readonly typeName: string = 'WeightNorm';
  /** Files of weights spell the keys as Python's tuples. */
  static readonly keyedByPath: readonly string[] = ['scales'];
  readonly layerInstance: Module;
  readonly featureAxes: number | readonly number[];
  readonly useScale: boolean;
  readonly epsilon: number;
  readonly dtype: string | null;
  readonly paramDtype: string;
  readonly variableFilter: Predicate;
  readonly scales: Readonly<Record<string, Variable>> | null;

  /**
   * Draws no key for scales that start with one number, as Flax, and one for each that starts at random, where Flax fails.
   * @throws ValueError for feature axes that a chosen parameter does not have.
   */
  constructor(options: WeightNormOptions) {
    super();
    const args = readOptions('WeightNorm', params, options, ['layerInstance', 'variableFilter', 'rngs']);
    this.layerInstance = options.layerInstance;
    this.featureAxes = args.featureAxes ?? [];
    this.useScale = args.useScale;
    this.epsilon = args.epsilon;
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
    this.variableFilter = toPredicate(options.variableFilter ?? new PathContains('kernel'));
    const drawScale = ({ shape }: Variable) => {
      const lengths = countAxes(this.featureAxes, shape.length).map((axis) => shape[axis]!);
      // Flax hands its initializer the stream and not a key of it: what needs no key leaves the stream as it is.
      return draw(isConstant(args.scaleInit) ? new Rngs(0) : options.rngs, args.scaleInit, lengths);
    };
    const chosen = args.useScale ? chosenVariables(this).filter(([, variable]) => variable instanceof Param) : [];
    const drawn = chosen.map(([path, variable]) => [path, drawScale(variable)] as const);
    this.scales = args.useScale
      ? data(Object.fromEntries(drawn.map(([path, scale]) => [path, new Variable<tf.Tensor>(tensorOf(scale))])))
      : null;
  }

  /** What the wrapped layer gives for its normalized parameters; further arguments go to it. */
  call(...args: unknown[]): unknown {
    tf.tidy(() => {
      for (const [path, variable] of chosenVariables(this)) variable.value = normalized(this, path, variable.value);
    });
    return (this.layerInstance as CallableModule<unknown[]>).call(...args);
  }
}

const CONSTANTS = new Set(['zeros', 'ones', 'constant']);

function isConstant(init: InitializerValue | Initializer): boolean {
  return typeof init !== 'function' && CONSTANTS.has(typeof init === 'string' ? init : init.name);
}

/** The Variables of tensors that the filter chooses, by path; not only Params, as in Flax. */
function chosenVariables({ layerInstance, variableFilter }: WeightNorm): [string, Variable][] {
  const chosen: [string, Variable][] = [];
  for (const [path, value] of iterGraph(layerInstance)) {
    if (value instanceof Variable && (value.pending ?? value.value instanceof tf.Tensor) && variableFilter(path, value))
      chosen.push([pathText(path), value as Variable]);
  }
  return chosen;
}

/** w / √(Σw² + epsilon) · scale, the sum over all but the feature axes. */
function normalized(layer: WeightNorm, path: string, weights: tf.Tensor): tf.Tensor {
  const features = countAxes(layer.featureAxes, weights.rank);
  const reduced = weights.shape.flatMap((_, axis) => (features.includes(axis) ? [] : [axis]));
  // Nothing to sum over: each entry is its own length.
  const squares = reduced.length > 0 ? tf.sum(tf.square(weights), reduced, true) : tf.square(weights);
  const unit = tf.mul(weights, tf.rsqrt(tf.add(squares, layer.epsilon)));
  if (!layer.scales) return unit;
  const scale = layer.scales[path];
  if (!scale) {
    throw new Error(
      `Could not find the scale corresponding to the param ${path} in scales. Parameters of the layerInstance should not change: wrap the layer anew.`,
    );
  }
  return tf.mul(
    unit,
    tf.reshape(
      scale.value,
      weights.shape.map((size, axis) => (features.includes(axis) ? size : 1)),
    ),
  );
}

const descriptorParams = { ...wrappedParams, ...params };

export const weightNormLayer = defineLayer({
  type: 'WeightNorm',
  family: 'normalization',
  doc: 'A Linear or Conv whose kernel is kept at length 1, times a scale.',
  keywords: ['weight normalization', 'weight_norm', 'parametrization'],
  params: descriptorParams,
  inputs: { x: port({ minRank: 1 }) },
  outputs: { y: port() },
  usesRngs: true,
  isComposed: true,
  infer: inferWrapped,
  cost: wrappedCost,
  make: (args, { rngs }) => {
    const { featureAxes, useScale, scaleInit, epsilon, dtype, paramDtype } = args;
    return new WeightNorm({ layerInstance: makeWrapped(args, rngs), featureAxes, useScale, scaleInit, epsilon, dtype, paramDtype, rngs });
  },
  emit: {
    keras: kerasWrapped,
    flax: { construct: (context) => emitWrapped('nnx.WeightNorm', context) },
    typescript: typescriptWrapped('WeightNorm'),
  },
  onnx: ({ x }, context) =>
    wrappedOnnx(x!, context, (kernel, shape) => {
      const { args, node, weight, ints, constant } = context;
      const features = countAxes((args['featureAxes'] as number | number[] | null) ?? [], shape.length);
      const reduced = shape.flatMap((_, axis) => (features.includes(axis) ? [] : [axis]));
      const square = node('Mul', [kernel, kernel]);
      const squares = reduced.length > 0 ? node('ReduceSum', [square, ints(reduced)], { keepdims: 1 }) : square;
      const unit = node('Div', [kernel, node('Sqrt', [node('Add', [squares, constant(Number(args['epsilon']))])])]);
      if (args['useScale'] !== true) return unit;
      return node('Mul', [unit, weight("scales.('kernel',)", { shape: shape.map((size, axis) => (features.includes(axis) ? size : 1)) })]);
    }),
  examples: [
    { args: { inFeatures: 3, outFeatures: 2 }, inputs: { x: { shape: [2, 3] } } },
    { args: { layer: 'Conv', inFeatures: 2, outFeatures: 3, kernelSize: 3, useScale: false }, inputs: { x: { shape: [1, 4, 2] } } },
  ],
});
