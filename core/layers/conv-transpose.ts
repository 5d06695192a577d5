/** @file ConvTranspose: a convolution of the input stretched by the stride, for upsampling. Port of nnx.ConvTranspose. */
import { convTransposeOnnx } from './shared/conv-onnx.ts';
import { ValueError } from '../nnx/errors.ts';
import { construct, defineLayer, elements, p, port, reject, requireDtype } from '../spec/index.ts';
import { convTranspose } from '../tensor/conv-transpose.ts';
import { tf } from '../tensor/tf.ts';
import { Convolution, convolutionParams, CONVOLUTION_EXTRAS, convolve, type ConvolutionExtras } from './shared/convolution.ts';
import type { Input } from './shared/input.ts';
import { readOptions, type LayerOptions } from './shared/options.ts';
import {
  canonicalPadding,
  checkPerAxis,
  checkWindow,
  perAxis,
  reach,
  spatialAxes,
  transposedLength,
  type Pairs,
} from './shared/windows.ts';
import type { Sizes } from './shared/windows.ts';
import type { PaddingValue } from '../spec/index.ts';
import { BATCHED, floatOf, rankInto } from './shared/pytorch.ts';
import { tupleText } from '../ops/shared/pytorch.ts';
import type { TorchLayer, TorchPlace } from '../spec/emit-pytorch.ts';
import { kerasConvTranspose } from './shared/keras.ts';

const params = convolutionParams({
  strides: p.ints.nullable({ default: 1, min: 1, doc: 'By how much the input is stretched.' }),
  transposeKernel: p.bool({
    default: false,
    advanced: true,
    doc: 'Flip the kernel and swap its features, so that it undoes a Conv with the same kernel.',
  }),
});

export type ConvTransposeOptions = LayerOptions<typeof params> & ConvolutionExtras;

/** Flax documents CAUSAL, and fails. */
const REFUSED = ['CAUSAL', 'REFLECT', 'SAME_LOWER'];

/**
 * Stretches the input by the strides and convolves it, over 1 to 3 spatial axes, channels last. Variables: kernel
 * (…kernelSize, inFeatures, outFeatures), the last two swapped with `transposeKernel`; bias (outFeatures,) or null.
 * Explicit padding is applied to the stretched input, unlike in PyTorch. CAUSAL, REFLECT and SAME_LOWER are refused.
 */
export class ConvTranspose extends Convolution {
  static override readonly typeName: string = 'ConvTranspose';
  readonly transposeKernel: boolean;

  /** @throws ValueError if there are more than three sizes. */
  constructor(options: ConvTransposeOptions) {
    const args = readOptions('ConvTranspose', params, options, CONVOLUTION_EXTRAS);
    const { inFeatures, outFeatures, transposeKernel } = args;
    super(args, transposeKernel ? [outFeatures, inFeatures] : [inFeatures, outFeatures], options);
    this.transposeKernel = transposeKernel;
  }

  /**
   * `(batch…, space…, inFeatures)` to `(batch…, space · stride…, outFeatures)`; the batch axes may be none or several.
   * The caller disposes the result.
   * @throws ValueError for a padding that is refused, and for a mask of another shape.
   */
  call(input: Input): tf.Tensor {
    const axes = this.kernelSize.length;
    const strides = perAxis('strides', this.strides, axes);
    const kernelDilation = perAxis('kernelDilation', this.kernelDilation, axes);
    const { transposeKernel } = this;
    const given = canonicalPadding(this.padding, axes);
    if (typeof given === 'string' && REFUSED.includes(given)) {
      throw new ValueError(`ConvTranspose has no ${given} padding. Use SAME, VALID, CIRCULAR or numbers.`);
    }
    const isCircular = given === 'CIRCULAR';
    const padding = (isCircular ? 'VALID' : given) as 'SAME' | 'VALID' | Pairs;
    return convolve('ConvTranspose', this, input, (x, kernel) => {
      const y = convTranspose(x, kernel, { strides, padding, kernelDilation, transposeKernel });
      const periods = x.shape.slice(1, -1).map((length, i) => length * strides[i]!);
      if (isCircular && periods.includes(0)) throw new ValueError('CIRCULAR padding needs axes that are not empty. Use SAME.');
      return isCircular ? fold(y, periods, transposeKernel) : y;
    });
  }
}

/** Lays what reaches over the ends of each axis back onto the other end: pads to whole periods, and adds the periods up. */
function fold(y: tf.Tensor, periods: readonly number[], isTransposed: boolean): tf.Tensor {
  const pads = periods.map((period, i): [number, number] => {
    const length = y.shape[i + 1]!;
    // To two periods, so that the input begins at the start of one.
    const missing = (((period - length) % (2 * period)) + 2 * period) % (2 * period);
    const [more, less] = [Math.ceil(missing / 2), Math.floor(missing / 2)];
    return isTransposed ? [less, more] : [more, less];
  });
  let folded = tf.pad(y, [[0, 0], ...pads, [0, 0]]);
  for (const [i, period] of periods.entries()) {
    const { shape } = folded;
    const axis = i + 1;
    folded = tf.sum(tf.reshape(folded, [...shape.slice(0, axis), shape[axis]! / period, period, ...shape.slice(axis + 1)]), axis);
  }
  return folded;
}

/** The zeros around the stretched input, as lax.conv_transpose has them. */
function sidesOf(padding: string | readonly [number, number], size: number, stride: number): readonly [number, number] | undefined {
  if (typeof padding !== 'string') return padding;
  if (padding === 'CIRCULAR') return undefined;
  const total = size + stride - 2 + (padding === 'VALID' ? Math.max(size - stride, 0) : 0);
  const low = padding === 'VALID' || stride > size - 1 ? size - 1 : Math.ceil(total / 2);
  return [low, total - low];
}

const torchSizes = (place: TorchPlace) => {
  const kernel = [place.args['kernelSize'] as Sizes].flat();
  const axes = kernel.length;
  const window = reach(kernel, perAxis('kernelDilation', place.args['kernelDilation'] as Sizes | null, axes));
  const strides = perAxis('strides', place.args['strides'] as Sizes | null, axes);
  const padding = canonicalPadding(place.args['padding'] as PaddingValue, axes);
  const sides = window.map(
    (size, i) =>
      sidesOf(typeof padding === 'string' ? padding : padding[i]!, size, strides[i]!) ??
      place.refuse('PyTorch has no transposed convolution that wraps around.'),
  );
  // Of the whole result PyTorch takes so much off both ends, and then adds to the end.
  const cut = sides.map(([low], i) => window[i]! - 1 - low);
  const added = sides.map(([low, high]) => high - low);
  if (cut.some((each) => each < 0) || added.some((each, i) => each >= strides[i]!))
    place.refuse('It pads further than a window reaches, which PyTorch does not.');
  return { axes, cut, added };
};

const torchConvTranspose: TorchLayer = {
  layout: ({ args }) => [args['kernelSize'] as Sizes].flat().length,
  construct: (context) => {
    const { source, option } = context;
    const { axes, cut, added } = torchSizes(context);
    const first = ['inFeatures', 'outFeatures', 'kernelSize'].map(source).join(', ');
    const some = (word: string, sizes: readonly number[]) =>
      sizes.every((size) => size <= 0)
        ? ''
        : `, ${word}=${sizes.every((size) => size === sizes[0]) ? sizes[0] : tupleText(sizes.map((size) => Math.max(size, 0)))}`;
    const strides = context.args['strides'] === null ? '' : option('stride', 'strides', 1);
    const rest = option('dilation', 'kernelDilation', 1) + option('bias', 'useBias', true);
    return `nn.ConvTranspose${axes}d(${first}${strides}${some('padding', cut)}${some('output_padding', added)}${rest})`;
  },
  call: (member, { x }, context) => {
    const { axes, added } = torchSizes(context);
    const rank = rankInto(context);
    const given = floatOf(x!, context);
    const call = rank > axes + 2 ? `${context.define(BATCHED)}(${member}, ${given}, ${axes + 1})` : `${member}(${given})`;
    if (added.every((each) => each >= 0)) return call;
    return `${call}[..., ${added.map((each) => (each < 0 ? `:${each}` : ':')).join(', ')}]`;
  },
  weights: ({ args }) => {
    const axes = [args['kernelSize'] as Sizes].flat().length;
    const space = Array.from({ length: axes }, (_, i) => i);
    const isFlipped = args['transposeKernel'] !== true;
    const order = isFlipped ? [axes, axes + 1, ...space] : [axes + 1, axes, ...space];
    const flipped = isFlipped ? { flipped: space.map((axis) => axis + 2) } : {};
    return [{ of: `nn.ConvTranspose${axes}d`, tensors: { weight: { flax: 'kernel', axes: order, ...flipped } } }];
  },
};

export const convTransposeLayer = defineLayer({
  type: 'ConvTranspose',
  family: 'convolution',
  doc: 'Stretches its input by the stride and slides a learned window over it, to make images larger.',
  keywords: ['deconvolution', 'transposed convolution', 'upsampling', 'ConvTranspose2d', 'Conv2DTranspose', 'decoder'],
  params,
  inputs: { x: port({ minRank: 2, along: spatialAxes, doc: 'Batch, space, and features on the last axis.' }) },
  outputs: { y: port() },
  usesRngs: true,
  infer: ({ x }, args) => {
    requireDtype('x', x!, ['float32', 'int32']);
    const { spatial, axes } = checkWindow(x!, args);
    for (const param of ['strides', 'padding', 'kernelDilation'] as const) checkPerAxis(param, args[param], axes);
    const padding = canonicalPadding(args.padding, axes);
    if (typeof padding === 'string' && REFUSED.includes(padding)) {
      reject({
        code: 'param/padding',
        param: 'padding',
        expected: 'padding SAME, VALID, CIRCULAR or numbers',
        got: padding,
        fix: 'Choose SAME.',
      });
    }
    const window = reach([args.kernelSize].flat(), perAxis('kernelDilation', args.kernelDilation, axes));
    const strides = perAxis('strides', args.strides, axes);
    const lengths = spatial.map((length, i) =>
      transposedLength(length, typeof padding === 'string' ? padding : padding[i]!, { reach: window[i]!, stride: strides[i]! }),
    );
    return { y: { shape: [...x!.shape.slice(0, -axes - 1), ...lengths, args.outFeatures], dtype: 'float32' } };
  },
  cost: ({ inputs }, { outFeatures, kernelSize }) => ({ multiplyAdds: elements(inputs['x']!) * elements(kernelSize) * outFeatures }),
  make: (args, { rngs }) => new ConvTranspose({ ...args, rngs }),
  emit: {
    keras: kerasConvTranspose,
    pytorch: torchConvTranspose,
    flax: construct('nnx.ConvTranspose', { positional: ['inFeatures', 'outFeatures', 'kernelSize'] }),
  },
  onnx: ({ x }, context) => convTransposeOnnx(x!, context),
  examples: [
    { args: { inFeatures: 2, outFeatures: 3, kernelSize: 3, strides: 2 }, inputs: { x: { shape: [1, 4, 2] } } },
    { args: { inFeatures: 2, outFeatures: 2, kernelSize: [3, 2], strides: 2, padding: 'VALID' }, inputs: { x: { shape: [1, 2, 3, 2] } } },
    { args: { inFeatures: 1, outFeatures: 2, kernelSize: 4, strides: 2, padding: 'CIRCULAR' }, inputs: { x: { shape: [1, 5, 1] } } },
    { args: { inFeatures: 1, outFeatures: 2, kernelSize: 3, strides: 2, padding: 1, useBias: false }, inputs: { x: { shape: [2, 3, 1] } } },
  ],
});
