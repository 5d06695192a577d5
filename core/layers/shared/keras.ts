/** @file What the entries of layers for Keras share. */
import type { KerasContext, KerasDefinition, KerasLayer } from '../../spec/emit-keras.ts';
import { kerasGap } from '../../spec/emit-keras.ts';
import { operand } from '../../ops/shared/python.ts';
import { floatSource, needLength, needSpec, kerasPad, withOneBatch, type KerasPadding } from '../../ops/shared/keras.ts';
import type { Args, PaddingValue } from '../../spec/params.ts';
import { canonicalPadding, perAxis, reach } from './windows.ts';

/** Keras's words for the parameters of layers with a kernel; its own kernels start otherwise. */
export const KERNEL = { useBias: 'use_bias', kernelInit: 'kernel_initializer', biasInit: 'bias_initializer' };

const axesOf = (args: Args): number => [args['kernelSize']].flat().length;
const sizesOf = (args: Args, name: string): readonly number[] =>
  perAxis(name, (args[name] ?? null) as number | readonly number[] | null, axesOf(args));

/** Padding that the layer knows itself; what else there is stands around its input. */
const OWN_PADDING: Readonly<Record<string, string>> = { SAME: 'same', VALID: 'valid', CAUSAL: 'causal' };

/** Any batch, any lengths, and features. */
const windowInput = (context: KerasContext): string => `(${'None, '.repeat(axesOf(context.args) + 1)}${context.source('inFeatures')})`;

export const kerasConv: KerasLayer = {
  input: windowInput,
  construct: (context) => {
    const { args } = context;
    const isStrided = sizesOf(args, 'strides').some((stride) => stride > 1);
    if (isStrided && sizesOf(args, 'kernelDilation').some((distance) => distance > 1))
      kerasGap('Keras does not take strides and dilation together.');
    if (sizesOf(args, 'inputDilation').some((distance) => distance > 1)) kerasGap('Keras has no dilation of the input.');
    const own = OWN_PADDING[String(args['padding'])] ?? 'valid';
    const padding = own === 'valid' ? '' : `, padding='${own}'`;
    const named = { strides: 'strides', kernelDilation: 'dilation_rate', featureGroupCount: 'groups', ...KERNEL };
    const [sizes, ...rest] = splitArguments(
      context.kwargs({ positional: ['outFeatures', 'kernelSize'], named, always: ['kernelInit'] }),
      'kernel_initializer',
    );
    return `layers.Conv${axesOf(args)}D(${sizes}${padding}${rest.join('')})`;
  },
  call: (member, { x }, context) => {
    const { args } = context;
    return withOneBatch(floatSource(x!, context), context, axesOf(args), (batched) => `${member}(${surrounded(batched, context)})`);
  },
};

/** What stands before the initializers, and the rest. */
function splitArguments(text: string, before: string): readonly [string, string] {
  const at = text.search(new RegExp(`, (?:use_bias|${before})=`));
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

/** The input with what padding puts around it that Keras does not. */
function surrounded(x: string, context: KerasContext): string {
  const { args } = context;
  const padding = args['padding'] as PaddingValue;
  if (typeof padding === 'string' && OWN_PADDING[padding] !== undefined) return x;
  const axes = axesOf(args);
  const window = reach([args['kernelSize']].flat() as number[], sizesOf(args, 'kernelDilation'));
  const spatial = needSpec(context).shape.slice(-axes - 1, -1);
  const pairs = sidesOf(padding, window, sizesOf(args, 'strides'), spatial);
  const mode = padding === 'CIRCULAR' ? 'wrap' : padding === 'REFLECT' ? 'reflect' : 'constant';
  const all: KerasPadding = [[0, 0], ...pairs, [0, 0]];
  return kerasPad(x, context, all, ['batch', ...spatial, 1], mode);
}

/** How many places stand on both sides of each axis. */
export function sidesOf(
  padding: PaddingValue,
  window: readonly number[],
  strides: readonly number[],
  lengths: readonly (number | string)[],
): readonly (readonly [number, number])[] {
  if (typeof padding !== 'string') return canonicalPadding(padding, window.length) as readonly (readonly [number, number])[];
  return window.map((size, i) => {
    if (padding === 'CIRCULAR' || padding === 'REFLECT') return [Math.floor((size - 1) / 2), Math.floor(size / 2)];
    if (padding === 'VALID') return [0, 0];
    const stride = strides[i]!;
    const length = stride === 1 ? 0 : needLength(lengths[i]);
    const total = stride === 1 ? size - 1 : Math.max((Math.ceil(length / stride) - 1) * stride + size - length, 0);
    const low = Math.floor(total / 2);
    return padding === 'SAME_LOWER' ? [total - low, low] : [low, total - low];
  });
}

export const kerasConvTranspose: KerasLayer = {
  construct: (context) => {
    const { args } = context;
    if (args['padding'] === 'CIRCULAR') kerasGap('A transposed convolution of Keras does not wrap around.');
    if (sizesOf(args, 'strides').some((stride) => stride > 1) && sizesOf(args, 'kernelDilation').some((distance) => distance > 1))
      kerasGap('Keras does not take strides and dilation together.');
    const padding = args['padding'] === 'SAME' ? ", padding='same'" : '';
    const named = { strides: 'strides', kernelDilation: 'dilation_rate', ...KERNEL };
    const [sizes, rest] = splitArguments(
      context.kwargs({ positional: ['outFeatures', 'kernelSize'], named, always: ['kernelInit'] }),
      'kernel_initializer',
    );
    return `layers.Conv${axesOf(args)}DTranspose(${sizes}${padding}${rest})`;
  },
  call: (member, { x }, context) => {
    const { args } = context;
    const axes = axesOf(args);
    const isNamed = typeof args['padding'] === 'string';
    return withOneBatch(floatSource(x!, context), context, axes, (batched) => `${member}(${batched})${isNamed ? '' : cropped(args, axes)}`);
  },
  weights: (args) => [
    {
      type: `layers.Conv${axesOf(args)}DTranspose`,
      // Keras holds the kernel of the convolution that is turned around.
      ...(args['transposeKernel'] === true
        ? {}
        : { convert: 'np.flip(value, tuple(range(value.ndim - 2))).swapaxes(-1, -2) if value.ndim > 1 else value' }),
    },
  ],
  input: windowInput,
};

/** Padding by numbers is that of the stretched input: less than all of it is a part of the whole result. */
function cropped(args: Args, axes: number): string {
  const window = reach([args['kernelSize']].flat() as number[], sizesOf(args, 'kernelDilation'));
  const strides = sizesOf(args, 'strides');
  const pairs = canonicalPadding(args['padding'] as PaddingValue, axes) as readonly (readonly [number, number])[];
  const slices = window.map((size, i) => {
    const [start, end] = [size - 1 - pairs[i]![0], size - 1 - pairs[i]![1] + Math.max(strides[i]! - size, 0)];
    if (start < 0 || size - 1 - pairs[i]![1] < 0)
      kerasGap('Keras has no transposed convolution with more padding than its window reaches.');
    return `${start === 0 ? '' : start}:${end === 0 ? '' : -end}`;
  });
  return slices.every((each) => each === ':') ? '' : `[:, ${slices.join(', ')}]`;
}

/** A layer that works on the last axis: a vector alone gets a batch axis. */
export function callOnRows(member: string, { x }: Readonly<Record<string, string>>, context: KerasContext): string {
  const source = floatSource(x!, context);
  return needSpec(context).shape.length === 1 ? `${member}(${operand(source)}[None])[0]` : `${member}(${source})`;
}

/** Whether two lists of axes are the same, for a value of so many axes. */
export function sameAxes(a: unknown, b: unknown, rank: number): boolean {
  const count = (axes: unknown) =>
    JSON.stringify(
      [axes]
        .flat()
        .map((axis) => (Number(axis) + rank) % rank)
        .sort(),
    );
  return count(a) === count(b);
}

/** Whether statistics and features both lie on the last axis. */
export function isLastAxis({ reductionAxes, featureAxes }: Args): boolean {
  return JSON.stringify([reductionAxes, featureAxes].map((axes) => [axes].flat())) === '[[-1],[-1]]';
}

/** Normalizes over any axes, with scale and bias along any. */
export const kerasAxesNorm: KerasDefinition = {
  name: 'AxesNorm',
  source: `
class AxesNorm(layers.Layer):
    """Normalizes over some axes, with a scale and a bias along others."""

    def __init__(
        self,
        reduction_axes,
        feature_axes=(-1,),
        *,
        epsilon=1e-6,
        use_mean=True,
        use_scale=True,
        use_bias=True,
        scale_initializer='ones',
        bias_initializer='zeros',
    ):
        super().__init__()
        self.reduction_axes = reduction_axes
        self.feature_axes = feature_axes
        self.epsilon = epsilon
        self.use_mean = use_mean
        self.use_scale = use_scale
        self.use_bias = use_bias
        self.scale_initializer = scale_initializer
        self.bias_initializer = bias_initializer

    def build(self, shape):
        features = [axis % len(shape) for axis in self.feature_axes]
        self.broadcast = [size if axis in features else 1 for axis, size in enumerate(shape)]
        size = 1
        for axis in features:
            size *= shape[axis]
        if self.use_scale:
            self.scale = self.add_weight(shape=(size,), initializer=self.scale_initializer)
        if self.use_bias:
            self.bias = self.add_weight(shape=(size,), initializer=self.bias_initializer)

    def call(self, x):
        if self.use_mean:
            x = x - ops.mean(x, axis=self.reduction_axes, keepdims=True)
        variance = ops.mean(ops.square(x), axis=self.reduction_axes, keepdims=True)
        x = x * ops.rsqrt(variance + self.epsilon)
        if self.use_scale:
            x = x * ops.reshape(self.scale, self.broadcast)
        if self.use_bias:
            x = x + ops.reshape(self.bias, self.broadcast)
        return x
`,
};

const tuple = (axes: unknown): string => {
  const all = [axes].flat();
  return `(${all.join(', ')}${all.length === 1 ? ',' : ''})`;
};

/** `AxesNorm((-2, -1), use_bias=False)`. */
export function makeAxesNorm(
  context: KerasContext,
  { useMean, reductionAxes }: { readonly useMean: boolean; readonly reductionAxes: unknown },
): string {
  const features = context.args['featureAxes'] ?? -1;
  const named: Record<string, string> = { epsilon: 'epsilon', useScale: 'use_scale', scaleInit: 'scale_initializer' };
  if (useMean) Object.assign(named, { useBias: 'use_bias', biasInit: 'bias_initializer' });
  const rest = context.kwargs({ named, always: ['epsilon'] });
  const parts = [
    tuple(reductionAxes),
    ...(JSON.stringify([features].flat()) === '[-1]' ? [] : [tuple(features)]),
    rest,
    ...(useMean ? [] : ['use_mean=False', 'use_bias=False']),
  ];
  return `AxesNorm(${parts.join(', ')})`;
}

/** Keras's words for what normalizes. */
export const NORM = { useScale: 'scale', useBias: 'center', scaleInit: 'gamma_initializer', biasInit: 'beta_initializer' };
export const NORM_NAMES = { scale: 'gamma', bias: 'beta' };
