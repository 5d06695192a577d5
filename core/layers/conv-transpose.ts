/** @file ConvTranspose: a convolution of the input stretched by the stride, for upsampling. Port of nnx.ConvTranspose. */
import { ValueError } from '../nnx/errors.ts';
import { Module } from '../nnx/module.ts';
import type { Param } from '../nnx/variable.ts';
import { construct, defineLayer, p, port, reject, requireDtype, type PaddingValue } from '../spec/index.ts';
import { convTranspose } from '../tensor/conv-transpose.ts';
import { tf } from '../tensor/tf.ts';
import { drawParam } from './shared/initialize.ts';
import { checkLastAxis, toFloat, type Input } from './shared/input.ts';
import { checkMask } from './shared/mask.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { biasInit, dtypeParams, inFeatures, kernelInit, outFeatures, useBias } from './shared/params.ts';
import {
  canonicalPadding,
  checkPerAxis,
  checkWindow,
  perAxis,
  reach,
  transposedLength,
  windowParams,
  withOneBatchAxis,
  type Pairs,
  type Sizes,
} from './shared/windows.ts';

const params = {
  inFeatures,
  outFeatures: { ...outFeatures, start: 16 },
  kernelSize: windowParams.kernelSize,
  strides: p.ints.nullable({ default: 1, min: 1, doc: 'By how much the input is stretched.' }),
  padding: windowParams.padding,
  kernelDilation: windowParams.kernelDilation,
  useBias,
  kernelInit,
  biasInit,
  transposeKernel: p.bool({
    default: false,
    advanced: true,
    doc: 'Flip the kernel and swap its features, so that it undoes a Conv with the same kernel.',
  }),
  ...dtypeParams,
};

export type ConvTransposeOptions = LayerOptions<typeof params> &
  WithRngs & {
    /** Multiplied into the kernel, of its shape. The layer takes the tensor over and frees it when it is disposed. */
    readonly mask?: tf.Tensor | null;
  };

/**
 * Stretches the input by the strides and convolves it, over 1 to 3 spatial axes, channels last. Variables: kernel
 * (…kernelSize, inFeatures, outFeatures), the last two swapped with `transposeKernel`; bias (outFeatures,) or null.
 * Explicit padding is applied to the stretched input, unlike in PyTorch. CAUSAL is refused: Flax documents it, but fails.
 */
export class ConvTranspose extends Module {
  static override readonly typeName: string = 'ConvTranspose';
  readonly kernel: Param;
  readonly bias: Param | null;
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly kernelSize: readonly number[];
  readonly kernelShape: readonly number[];
  readonly strides: Sizes | null;
  readonly padding: PaddingValue;
  readonly kernelDilation: Sizes | null;
  readonly useBias: boolean;
  readonly mask: tf.Tensor | null;
  readonly transposeKernel: boolean;
  readonly dtype: string | null;
  readonly paramDtype: string;

  constructor(options: ConvTransposeOptions) {
    super();
    const args = readOptions('ConvTranspose', params, options, ['rngs', 'mask']);
    const features = args.transposeKernel ? [args.outFeatures, args.inFeatures] : [args.inFeatures, args.outFeatures];
    this.kernelSize = [args.kernelSize].flat();
    this.kernelShape = [...this.kernelSize, ...features];
    this.kernel = drawParam(options.rngs, args.kernelInit, this.kernelShape);
    this.bias = args.useBias ? drawParam(options.rngs, args.biasInit, [args.outFeatures]) : null;
    this.inFeatures = args.inFeatures;
    this.outFeatures = args.outFeatures;
    this.strides = args.strides;
    this.padding = args.padding;
    this.kernelDilation = args.kernelDilation;
    this.useBias = args.useBias;
    this.mask = options.mask ? tf.keep(options.mask) : null;
    this.transposeKernel = args.transposeKernel;
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
  }

  /**
   * `(batch…, space…, inFeatures)` to `(batch…, space · stride…, outFeatures)`; the batch axes may be none or several.
   * The caller disposes the result.
   * @throws ValueError for CAUSAL and REFLECT padding, and for a mask of another shape.
   */
  call(input: Input): tf.Tensor {
    return tf.tidy(() => {
      const x = toFloat(input);
      checkLastAxis('ConvTranspose', x, this.inFeatures, 'inFeatures');
      checkMask(this.mask, this.kernelShape);
      const axes = this.kernelSize.length;
      const strides = perAxis(this.strides, axes);
      const given = canonicalPadding(this.padding, axes);
      if (given === 'CAUSAL' || given === 'REFLECT') {
        throw new ValueError(`ConvTranspose has no ${given} padding. Use SAME, VALID, CIRCULAR or numbers.`);
      }
      const padding = (given === 'CIRCULAR' ? 'VALID' : given) as 'SAME' | 'VALID' | Pairs;
      const kernel = this.mask ? tf.mul(this.kernel.value, this.mask) : this.kernel.value;
      const kernelDilation = perAxis(this.kernelDilation, axes);
      return withOneBatchAxis(x, axes, (batch) => {
        const y = convTranspose(batch, kernel, { strides, padding, kernelDilation, transposeKernel: this.transposeKernel });
        const periods = batch.shape.slice(1, -1).map((length, i) => length * strides[i]!);
        const folded = given === 'CIRCULAR' ? fold(y, periods, this.transposeKernel) : y;
        return this.bias ? tf.add(folded, this.bias.value) : folded;
      });
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

export const convTransposeLayer = defineLayer({
  type: 'ConvTranspose',
  family: 'convolution',
  doc: 'Stretches its input by the stride and slides a learned window over it, to make images larger.',
  keywords: ['deconvolution', 'transposed convolution', 'upsampling', 'ConvTranspose2d', 'Conv2DTranspose', 'decoder'],
  params,
  inputs: { x: port({ minRank: 2, doc: 'Batch, space, and features on the last axis.' }) },
  outputs: { y: port() },
  usesRngs: true,
  infer: ({ x }, args) => {
    requireDtype('x', x!, ['float32', 'int32']);
    const { spatial, axes } = checkWindow(x!, args);
    for (const param of ['strides', 'padding', 'kernelDilation'] as const) checkPerAxis(param, args[param], axes);
    const padding = canonicalPadding(args.padding, axes);
    if (padding === 'CAUSAL' || padding === 'REFLECT') {
      reject({
        code: 'param/padding',
        param: 'padding',
        expected: 'padding SAME, VALID, CIRCULAR or numbers',
        got: padding,
        fix: 'Choose SAME.',
      });
    }
    const window = reach([args.kernelSize].flat(), perAxis(args.kernelDilation, axes));
    const strides = perAxis(args.strides, axes);
    const lengths = spatial.map((length, i) =>
      transposedLength(length, typeof padding === 'string' ? padding : padding[i]!, { reach: window[i]!, stride: strides[i]! }),
    );
    return { y: { shape: [...x!.shape.slice(0, -axes - 1), ...lengths, args.outFeatures], dtype: 'float32' } };
  },
  make: (args, { rngs }) => new ConvTranspose({ ...args, rngs }),
  emit: { flax: construct('nnx.ConvTranspose', { positional: ['inFeatures', 'outFeatures', 'kernelSize'] }) },
  examples: [
    { args: { inFeatures: 2, outFeatures: 3, kernelSize: 3, strides: 2 }, inputs: { x: { shape: [1, 4, 2] } } },
    { args: { inFeatures: 2, outFeatures: 2, kernelSize: [3, 2], strides: 2, padding: 'VALID' }, inputs: { x: { shape: [1, 2, 3, 2] } } },
    { args: { inFeatures: 1, outFeatures: 2, kernelSize: 4, strides: 2, padding: 'CIRCULAR' }, inputs: { x: { shape: [1, 5, 1] } } },
    { args: { inFeatures: 1, outFeatures: 2, kernelSize: 3, strides: 2, padding: 1, useBias: false }, inputs: { x: { shape: [2, 3, 1] } } },
  ],
});
