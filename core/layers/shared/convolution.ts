/** @file What Conv and ConvTranspose share: their options as attributes, their Variables, and the way from any batch to one batch axis. */
import { ValueError } from '../../nnx/errors.ts';
import { Module } from '../../nnx/module.ts';
import type { Param } from '../../nnx/variable.ts';
import { formatShape, sameShape, type PaddingValue, type ParamSpecs } from '../../spec/index.ts';
import { tf } from '../../tensor/tf.ts';
import { draw, toParam } from './initialize.ts';
import { checkLastAxis, toFloat, type Input } from './input.ts';
import type { LayerArgs, WithRngs } from './options.ts';
import { biasInit, dtypeParams, inFeatures, kernelInit, outFeatures, useBias } from './params.ts';
import { windowParams, withOneBatchAxis, type Sizes } from './windows.ts';

const slidingParams = { inFeatures, outFeatures: { ...outFeatures, start: 16 }, ...windowParams };
const learnedParams = { useBias, kernelInit, biasInit, ...dtypeParams };

/** The parameters of a convolution, its own after those of the window: in this order they stand in the form. */
export function convolutionParams<P extends ParamSpecs>(own: P) {
  return { ...slidingParams, ...own, ...learnedParams };
}

/** What a constructor takes that no document holds. */
export interface ConvolutionExtras extends WithRngs {
  /** Multiplied into the kernel, of its shape. The layer takes the tensor over and frees it when it is disposed. */
  readonly mask?: tf.Tensor | null;
}

export const CONVOLUTION_EXTRAS = ['rngs', 'mask'];

/** A layer with a learned window. Variables: kernel of `kernelShape`; bias (outFeatures,) or null. */
export abstract class Convolution extends Module {
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
  readonly dtype: string | null;
  readonly paramDtype: string;

  /**
   * `features` are the last two lengths of the kernel. Draws a key for the kernel, then one for the bias.
   * @throws ValueError unless kernelSize has one to three sizes.
   */
  constructor(
    args: LayerArgs<typeof slidingParams & typeof learnedParams>,
    features: readonly [number, number],
    extras: ConvolutionExtras,
  ) {
    super();
    this.kernelSize = [args.kernelSize].flat();
    if (this.kernelSize.length < 1 || this.kernelSize.length > 3) {
      throw new ValueError(`kernelSize should have one to three sizes, one for each spatial axis, but is (${this.kernelSize.join(', ')}).`);
    }
    this.kernelShape = [...this.kernelSize, ...features];
    const kernel = draw(extras.rngs, args.kernelInit, this.kernelShape);
    const bias = args.useBias ? draw(extras.rngs, args.biasInit, [args.outFeatures]) : null;
    this.kernel = toParam(kernel);
    this.bias = bias && toParam(bias);
    this.inFeatures = args.inFeatures;
    this.outFeatures = args.outFeatures;
    this.strides = args.strides;
    this.padding = args.padding;
    this.kernelDilation = args.kernelDilation;
    this.useBias = args.useBias;
    this.mask = extras.mask ? tf.keep(extras.mask) : null;
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
  }
}

// A function, not a method of the class: `capture` would record what it gives as another method's output.

/** Runs `slide` on the input with one batch axis and on the masked kernel, and adds the bias. The caller disposes the result. */
export function convolve(type: string, layer: Convolution, input: Input, slide: (x: tf.Tensor, kernel: tf.Tensor) => tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const x = toFloat(input);
    checkLastAxis(type, x, layer.inFeatures, 'inFeatures');
    const kernel = layer.mask ? tf.mul(layer.kernel.value, checkedMask(layer.mask, layer.kernelShape)) : layer.kernel.value;
    return withOneBatchAxis(x, layer.kernelSize.length, (batch) => {
      const y = slide(batch, kernel);
      return layer.bias ? tf.add(y, layer.bias.value) : y;
    });
  });
}

/** @throws ValueError if the mask has another shape than the kernel. */
function checkedMask(mask: tf.Tensor, kernelShape: readonly number[]): tf.Tensor {
  if (sameShape(mask.shape, kernelShape)) return mask;
  throw new ValueError(
    `Mask needs to have the same shape as weights. Shapes are: ${formatShape(mask.shape)}, ${formatShape(kernelShape)}. Give a mask of the kernel's shape.`,
  );
}
