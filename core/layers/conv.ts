/** @file Conv: a learned window that slides over a sequence, an image or a volume. Port of nnx.Conv. */
import { ValueError } from '../nnx/errors.ts';
import { Module } from '../nnx/module.ts';
import type { Param } from '../nnx/variable.ts';
import { construct, defineLayer, p, port, reject, requireDtype, type PaddingValue } from '../spec/index.ts';
import { conv } from '../tensor/conv.ts';
import { tf } from '../tensor/tf.ts';
import { drawParam } from './shared/initialize.ts';
import { checkLastAxis, toFloat, type Input } from './shared/input.ts';
import { checkMask } from './shared/mask.ts';
import { padAround } from './shared/pad-around.ts';
import { readOptions, type LayerOptions, type WithRngs } from './shared/options.ts';
import { biasInit, dtypeParams, inFeatures, kernelInit, outFeatures, useBias } from './shared/params.ts';
import {
  canonicalPadding,
  checkPerAxis,
  checkWindow,
  convolvedLength,
  perAxis,
  reach,
  windowParams,
  withOneBatchAxis,
  type Pairs,
  type Sizes,
} from './shared/windows.ts';

const params = {
  inFeatures,
  outFeatures: { ...outFeatures, start: 16 },
  kernelSize: windowParams.kernelSize,
  strides: windowParams.strides,
  padding: windowParams.padding,
  inputDilation: p.ints.nullable({
    default: 1,
    min: 1,
    advanced: true,
    doc: 'Distance between the entries of the input, with zeros between (fractional stride); needs padding by numbers.',
  }),
  kernelDilation: windowParams.kernelDilation,
  featureGroupCount: p.int({
    default: 1,
    min: 1,
    unit: 'groups',
    doc: 'Groups of features that do not see each other; inFeatures makes it depthwise.',
  }),
  useBias,
  kernelInit,
  biasInit,
  ...dtypeParams,
};

export type ConvOptions = LayerOptions<typeof params> &
  WithRngs & {
    /** Multiplied into the kernel, of its shape. The layer takes the tensor over and frees it when it is disposed. */
    readonly mask?: tf.Tensor | null;
  };

/**
 * Cross-correlation over 1 to 3 spatial axes, channels last. Variables: kernel (…kernelSize, inFeatures / groups, outFeatures),
 * bias (outFeatures,) or null. Dilation, groups and every padding have gradients on both backends.
 */
export class Conv extends Module {
  static override readonly typeName: string = 'Conv';
  readonly kernel: Param;
  readonly bias: Param | null;
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly kernelSize: readonly number[];
  readonly kernelShape: readonly number[];
  readonly strides: Sizes | null;
  readonly padding: PaddingValue;
  readonly inputDilation: Sizes | null;
  readonly kernelDilation: Sizes | null;
  readonly featureGroupCount: number;
  readonly useBias: boolean;
  readonly mask: tf.Tensor | null;
  readonly dtype: string | null;
  readonly paramDtype: string;

  /** @throws ValueError if the groups do not divide the features. */
  constructor(options: ConvOptions) {
    super();
    const args = readOptions('Conv', params, options, ['rngs', 'mask']);
    const groups = args.featureGroupCount;
    if (args.inFeatures % groups !== 0 || args.outFeatures % groups !== 0) {
      throw new ValueError(
        `featureGroupCount (${groups}) must divide inFeatures (${args.inFeatures}) and outFeatures (${args.outFeatures}). Choose one that does.`,
      );
    }
    this.kernelSize = [args.kernelSize].flat();
    this.kernelShape = [...this.kernelSize, args.inFeatures / groups, args.outFeatures];
    this.kernel = drawParam(options.rngs, args.kernelInit, this.kernelShape);
    this.bias = args.useBias ? drawParam(options.rngs, args.biasInit, [args.outFeatures]) : null;
    this.inFeatures = args.inFeatures;
    this.outFeatures = args.outFeatures;
    this.strides = args.strides;
    this.padding = args.padding;
    this.inputDilation = args.inputDilation;
    this.kernelDilation = args.kernelDilation;
    this.featureGroupCount = groups;
    this.useBias = args.useBias;
    this.mask = options.mask ? tf.keep(options.mask) : null;
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
  }

  /**
   * `(batch…, space…, inFeatures)` to `(batch…, space…, outFeatures)`; the batch axes may be none or several. The caller disposes the result.
   * @throws ValueError for CAUSAL padding of more than one axis, for named padding of a dilated input, and for a mask of another shape.
   */
  call(input: Input): tf.Tensor {
    return tf.tidy(() => {
      const x = toFloat(input);
      checkLastAxis('Conv', x, this.inFeatures, 'inFeatures');
      checkMask(this.mask, this.kernelShape);
      const axes = this.kernelSize.length;
      const kernel = this.mask ? tf.mul(this.kernel.value, this.mask) : this.kernel.value;
      const kernelDilation = perAxis(this.kernelDilation, axes);
      const inputDilation = perAxis(this.inputDilation, axes);
      const convolve = (batch: tf.Tensor) => {
        const [padded, padding] = surround(batch, canonicalPadding(this.padding, axes), this.kernelSize, kernelDilation);
        if (typeof padding === 'string' && inputDilation.some((distance) => distance > 1)) {
          throw new ValueError(
            'String padding is not implemented for transposed convolution: with inputDilation, give padding as numbers, such as 0 or [[1, 1]].',
          );
        }
        const strides = perAxis(this.strides, axes);
        const y = conv(padded, kernel, { strides, padding, inputDilation, kernelDilation, featureGroupCount: this.featureGroupCount });
        return this.bias ? tf.add(y, this.bias.value) : y;
      };
      return withOneBatchAxis(x, axes, convolve);
    });
  }
}

/** Pads by the rules that the convolution itself does not know, which then goes on with VALID. */
function surround(
  x: tf.Tensor,
  padding: string | Pairs,
  kernelSize: readonly number[],
  dilation: readonly number[],
): readonly [tf.Tensor, 'SAME' | 'VALID' | Pairs] {
  if (padding === 'CIRCULAR' || padding === 'REFLECT') {
    const pairs = reach(kernelSize, dilation).map((size) => [Math.floor((size - 1) / 2), Math.floor(size / 2)] as const);
    return [padAround(x, [[0, 0], ...pairs, [0, 0]], padding), 'VALID'];
  }
  if (padding === 'CAUSAL') {
    if (kernelSize.length !== 1) {
      throw new ValueError('Causal padding is only implemented for 1D convolutions. Use SAME, or pad with numbers.');
    }
    return [x, [[dilation[0]! * (kernelSize[0]! - 1), 0]]];
  }
  return [x, padding as 'SAME' | 'VALID' | Pairs];
}

export const convLayer = defineLayer({
  type: 'Conv',
  family: 'convolution',
  doc: 'Slides a learned window over a sequence, an image or a volume.',
  keywords: ['convolution', 'Conv1d', 'Conv2d', 'Conv3d', 'Conv2D', 'depthwise', 'dilated', 'atrous', 'CNN'],
  params,
  inputs: { x: port({ minRank: 2, doc: 'Batch, space, and features on the last axis.' }) },
  outputs: { y: port() },
  usesRngs: true,
  infer: ({ x }, args) => {
    requireDtype('x', x!, ['float32', 'int32']);
    const { spatial, axes } = checkWindow(x!, args);
    for (const param of ['strides', 'padding', 'inputDilation', 'kernelDilation'] as const) checkPerAxis(param, args[param], axes);
    if (args.padding === 'CAUSAL' && axes !== 1) {
      reject({
        code: 'param/padding',
        param: 'padding',
        expected: 'one spatial axis for CAUSAL padding',
        got: `${axes}`,
        fix: 'Choose SAME.',
      });
    }
    const groups = args.featureGroupCount;
    if (args.inFeatures % groups !== 0 || args.outFeatures % groups !== 0) {
      reject({
        code: 'param/groups',
        param: 'featureGroupCount',
        expected: `a number of groups that divides ${args.inFeatures} and ${args.outFeatures} features`,
        got: `${groups}`,
        fix: 'Choose one that divides both, or change outFeatures.',
      });
    }
    const padding = canonicalPadding(args.padding, axes);
    const inputDilation = perAxis(args.inputDilation, axes);
    if (typeof padding === 'string' && inputDilation.some((distance) => distance > 1)) {
      reject({
        code: 'param/padding',
        param: 'padding',
        expected: 'padding by numbers with inputDilation',
        got: padding,
        fix: 'Set padding to numbers, such as 0.',
      });
    }
    const window = reach([args.kernelSize].flat(), perAxis(args.kernelDilation, axes));
    const strides = perAxis(args.strides, axes);
    const lengths = spatial.map((length, i) =>
      convolvedLength(length, typeof padding === 'string' ? padding : padding[i]!, {
        reach: window[i]!,
        stride: strides[i]!,
        inputDilation: inputDilation[i]!,
      }),
    );
    return { y: { shape: [...x!.shape.slice(0, -axes - 1), ...lengths, args.outFeatures], dtype: 'float32' } };
  },
  make: (args, { rngs }) => new Conv({ ...args, rngs }),
  emit: { flax: construct('nnx.Conv', { positional: ['inFeatures', 'outFeatures', 'kernelSize'] }) },
  examples: [
    { args: { inFeatures: 2, outFeatures: 3, kernelSize: 3 }, inputs: { x: { shape: [2, 5, 2] } } },
    { args: { inFeatures: 2, outFeatures: 3, kernelSize: [3, 3], strides: 2 }, inputs: { x: { shape: [1, 5, 4, 2] } } },
    {
      args: { inFeatures: 4, outFeatures: 4, kernelSize: [3, 3], featureGroupCount: 4, padding: 'VALID' },
      inputs: { x: { shape: [1, 4, 4, 4] } },
    },
    { args: { inFeatures: 2, outFeatures: 2, kernelSize: 3, kernelDilation: 2, padding: 'CAUSAL' }, inputs: { x: { shape: [1, 6, 2] } } },
    {
      args: {
        inFeatures: 1,
        outFeatures: 2,
        kernelSize: [2, 2],
        padding: [
          [1, 0],
          [0, 2],
        ],
        useBias: false,
      },
      inputs: { x: { shape: [2, 2, 3, 3, 1] } },
    },
    { args: { inFeatures: 1, outFeatures: 2, kernelSize: [2, 2, 2] }, inputs: { x: { shape: [1, 2, 3, 2, 1] } } },
  ],
});
