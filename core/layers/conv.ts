/** @file Conv: a learned window that slides over a sequence, an image or a volume. Port of nnx.Conv. */
import { convOnnx } from './shared/conv-onnx.ts';
import { ValueError } from '../nnx/errors.ts';
import { construct, defineLayer, divisorUpTo, elements, p, port, reject, requireDtype, setTo, type PaddingValue } from '../spec/index.ts';
import { conv } from '../tensor/conv.ts';
import { pad } from '../tensor/pad.ts';
import type { Padding } from '../tensor/padding.ts';
import type { tf } from '../tensor/tf.ts';
import { Convolution, convolutionParams, CONVOLUTION_EXTRAS, convolve, type ConvolutionExtras } from './shared/convolution.ts';
import type { Input } from './shared/input.ts';
import { readOptions, type LayerOptions } from './shared/options.ts';
import {
  canonicalPadding,
  checkPerAxis,
  checkWindow,
  convolvedLength,
  perAxis,
  reach,
  spatialAxes,
  type Pairs,
  type Sizes,
} from './shared/windows.ts';
import { BATCHED, PAD_SAME, convWeights, floatOf, ownPadding, padSource, padsOf } from './shared/pytorch.ts';
import { tupleText } from '../ops/shared/pytorch.ts';
import type { TorchLayer, TorchPlace } from '../spec/emit-pytorch.ts';
import { kerasConv } from './shared/keras.ts';

const params = convolutionParams({
  inputDilation: p.ints.nullable({
    default: 1,
    min: 1,
    advanced: true,
    doc: 'Distance between the entries of the input, with zeros between (fractional stride); needs padding by numbers.',
  }),
  featureGroupCount: p.int({
    default: 1,
    min: 1,
    unit: 'groups',
    doc: 'Groups of features that do not see each other; inFeatures makes it depthwise.',
  }),
});

export type ConvOptions = LayerOptions<typeof params> & ConvolutionExtras;

/**
 * Cross-correlation over 1 to 3 spatial axes, channels last. Variables: kernel (…kernelSize, inFeatures / groups, outFeatures),
 * bias (outFeatures,) or null. Dilation, groups and every padding have gradients on both backends.
 */
export class Conv extends Convolution {
  static override readonly typeName: string = 'Conv';
  readonly inputDilation: Sizes | null;
  readonly featureGroupCount: number;

  /** @throws ValueError if the groups do not divide the features, or there are more than three sizes. */
  constructor(options: ConvOptions) {
    const args = readOptions('Conv', params, options, CONVOLUTION_EXTRAS);
    const { inFeatures, outFeatures, featureGroupCount: groups } = args;
    if (inFeatures % groups !== 0 || outFeatures % groups !== 0) {
      throw new ValueError(
        `featureGroupCount (${groups}) must divide inFeatures (${inFeatures}) and outFeatures (${outFeatures}). Choose one that does.`,
      );
    }
    super(args, [inFeatures / groups, outFeatures], options);
    this.inputDilation = args.inputDilation;
    this.featureGroupCount = groups;
  }

  /**
   * `(batch…, space…, inFeatures)` to `(batch…, space…, outFeatures)`; the batch axes may be none or several. Where the window does
   * not fit, an axis of the result has length 0. The caller disposes the result.
   * @throws ValueError for CAUSAL padding of more than one axis, for named padding of a dilated input, and for a mask of another shape.
   */
  call(input: Input): tf.Tensor {
    const axes = this.kernelSize.length;
    const kernelDilation = perAxis('kernelDilation', this.kernelDilation, axes);
    const inputDilation = perAxis('inputDilation', this.inputDilation, axes);
    const strides = perAxis('strides', this.strides, axes);
    const padding = canonicalPadding(this.padding, axes);
    if (padding === 'CAUSAL' && axes !== 1) {
      throw new ValueError('Causal padding is only implemented for 1D convolutions. Use SAME, or pad with numbers.');
    }
    // JAX's refusal in JAX's words: padding by name has no one meaning between input positions that are spread apart.
    if (typeof padding === 'string' && inputDilation.some((distance) => distance > 1)) {
      throw new ValueError(
        'String padding is not implemented for transposed convolution: with inputDilation, give padding as numbers, such as 0 or [[1, 1]].',
      );
    }
    return convolve('Conv', this, input, (x, kernel) => {
      const [padded, rest] = surround(x, padding, reach(this.kernelSize, kernelDilation));
      return conv(padded, kernel, { strides, padding: rest, inputDilation, kernelDilation, featureGroupCount: this.featureGroupCount });
    });
  }
}

/** Pads by the rules that the convolution itself does not know; what comes second is left to it. */
function surround(x: tf.Tensor, padding: string | Pairs, windows: readonly number[]): readonly [tf.Tensor, Padding] {
  if (padding === 'CIRCULAR' || padding === 'REFLECT') {
    const pairs = windows.map((size) => [Math.floor((size - 1) / 2), Math.floor(size / 2)] as const);
    return [pad(x, [[0, 0], ...pairs, [0, 0]], padding === 'CIRCULAR' ? 'wrap' : 'reflect'), 'VALID'];
  }
  if (padding === 'CAUSAL') return [x, [[windows[0]! - 1, 0]]];
  return [x, padding as Padding];
}

const sizesOf = (context: TorchPlace) => {
  const kernel = [context.args['kernelSize'] as Sizes].flat();
  const axes = kernel.length;
  const dilation = perAxis('kernelDilation', context.args['kernelDilation'] as Sizes | null, axes);
  const window = reach(kernel, dilation);
  const strides = perAxis('strides', context.args['strides'] as Sizes | null, axes);
  const padding = canonicalPadding(context.args['padding'] as PaddingValue, axes);
  const shape = context.spec('x')?.shape ?? [];
  const lengths = window.map((_, i) => shape.at(i - axes - 1) ?? 'length');
  const pads = padsOf({ reach: window, strides, padding, lengths });
  const own = padding === 'CIRCULAR' || padding === 'REFLECT' ? undefined : ownPadding(pads);
  return { axes, window, strides, padding, pads, own, rank: shape.length };
};

const torchConv: TorchLayer = {
  layout: (place) => sizesOf(place).axes,
  construct: (context) => {
    const { source, option } = context;
    const { axes, own } = sizesOf(context);
    if (perAxis('inputDilation', context.args['inputDilation'] as Sizes | null, axes).some((distance) => distance > 1))
      context.refuse("PyTorch's convolutions do not spread their input.");
    const first = ['inFeatures', 'outFeatures', 'kernelSize'].map(source).join(', ');
    const padding = !own || own.every((side) => side === 0) ? '' : `, padding=${tupleOrOne(own)}`;
    const rest = [
      ['dilation', 'kernelDilation', 1],
      ['groups', 'featureGroupCount', 1],
      ['bias', 'useBias', true],
    ] as const;
    const strides = context.args['strides'] === null ? '' : option('stride', 'strides', 1);
    return `nn.Conv${axes}d(${first}${strides}${padding}${rest.map(([torch, param, byDefault]) => option(torch, param, byDefault)).join('')})`;
  },
  call: (member, { x }, context) => {
    const { axes, window, strides, padding, pads, own, rank } = sizesOf(context);
    let given = floatOf(x!, context);
    const mode = padding === 'CIRCULAR' ? ", mode='circular'" : padding === 'REFLECT' ? ", mode='reflect'" : '';
    if (mode !== '' && rank > axes + 2) context.refuse('PyTorch pads with copies behind one batch axis only.');
    if (!pads) given = `${context.define(PAD_SAME)}(${given}, ${tupleText(window)}, ${tupleText(strides)})`;
    else if (!own) given = padSource(given, pads, mode);
    return rank > axes + 2 ? `${context.define(BATCHED)}(${member}, ${given}, ${axes + 1})` : `${member}(${given})`;
  },
  weights: (place) => [convWeights(sizesOf(place).axes)],
};

const tupleOrOne = (sizes: readonly number[]) => (sizes.every((size) => size === sizes[0]) ? String(sizes[0]) : tupleText(sizes));

export const convLayer = defineLayer({
  type: 'Conv',
  family: 'convolution',
  doc: 'Slides a learned window over a sequence, an image or a volume.',
  keywords: ['convolution', 'Conv1d', 'Conv2d', 'Conv3d', 'Conv2D', 'depthwise', 'dilated', 'atrous', 'CNN'],
  params,
  inputs: { x: port({ minRank: 2, along: spatialAxes, doc: 'Batch, space, and features on the last axis.' }) },
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
        mends: [setTo('padding', 'SAME')],
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
        mends: [setTo('featureGroupCount', divisorUpTo(groups, args.inFeatures, args.outFeatures))],
      });
    }
    const padding = canonicalPadding(args.padding, axes);
    const inputDilation = perAxis('inputDilation', args.inputDilation, axes);
    if (typeof padding === 'string' && inputDilation.some((distance) => distance > 1)) {
      reject({
        code: 'param/padding',
        param: 'padding',
        expected: 'padding by numbers with inputDilation',
        got: padding,
        fix: 'Set padding to numbers, such as 0.',
        mends: [setTo('padding', 0)],
      });
    }
    const window = reach([args.kernelSize].flat(), perAxis('kernelDilation', args.kernelDilation, axes));
    const strides = perAxis('strides', args.strides, axes);
    const lengths = spatial.map((length, i) =>
      convolvedLength(length, typeof padding === 'string' ? padding : padding[i]!, {
        reach: window[i]!,
        stride: strides[i]!,
        inputDilation: inputDilation[i]!,
      }),
    );
    return { y: { shape: [...x!.shape.slice(0, -axes - 1), ...lengths, args.outFeatures], dtype: 'float32' } };
  },
  cost: ({ outputs }, { inFeatures, kernelSize, featureGroupCount }) => ({
    multiplyAdds: (elements(outputs['y']!) * elements(kernelSize) * inFeatures) / featureGroupCount,
  }),
  make: (args, { rngs }) => new Conv({ ...args, rngs }),
  emit: { keras: kerasConv, pytorch: torchConv, flax: construct('nnx.Conv', { positional: ['inFeatures', 'outFeatures', 'kernelSize'] }) },
  onnx: ({ x }, context) => convOnnx(x!, context),
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
