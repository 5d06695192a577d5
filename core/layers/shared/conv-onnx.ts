/** @file Convolutions as nodes of ONNX, whose kernels are (out, in, space…) where Flax's are (space…, in, out). */
import type { OnnxContext, OnnxValue } from '../../spec/onnx.ts';
import type { PaddingValue } from '../../spec/params.ts';
import { padOnnx } from '../../ops/shared/pad-onnx.ts';
import { slideOnnx } from './slide-onnx.ts';
import { canonicalPadding, perAxis, reach, type Pairs } from './windows.ts';

type Sizes = number | readonly number[] | null;

/** `kernel` is a value in Flax's layout, where it is no weight as it was stored. */
export function convOnnx(x: OnnxValue, context: OnnxContext, kernel?: string): string {
  const { args, node, cast, weight } = context;
  const size = [args['kernelSize'] as number | number[]].flat();
  const axes = size.length;
  const [strides, dilations] = [
    perAxis('strides', args['strides'] as Sizes, axes),
    perAxis('kernelDilation', args['kernelDilation'] as Sizes, axes),
  ];
  if (perAxis('inputDilation', args['inputDilation'] as Sizes, axes).some((distance) => distance > 1))
    context.refuse('A convolution of ONNX does not dilate its input.');
  const window = reach(size, dilations);
  const order = [axes + 1, axes, ...size.keys()];
  const learned = kernel === undefined ? weight('kernel', { order }) : node('Transpose', [kernel], { perm: order });
  const [given, padding] = surrounded(
    { ...x, name: cast(x, 'float32') },
    canonicalPadding(args['padding'] as PaddingValue, axes),
    window,
    context,
  );
  const inputs = [learned, ...(args['useBias'] === false ? [] : [weight('bias')])];
  return slideOnnx(given, { reach: window, strides, padding }, context, (name, pads) =>
    node('Conv', [name, ...inputs], {
      kernel_shape: size,
      strides,
      dilations,
      group: Number(args['featureGroupCount']),
      pads: [...pads.map(([low]) => low), ...pads.map(([, high]) => high)],
    }),
  );
}

/** What the convolution itself does not know is padded before it. */
function surrounded(
  x: OnnxValue,
  padding: string | Pairs,
  window: readonly number[],
  context: OnnxContext,
): readonly [OnnxValue, string | Pairs] {
  if (padding === 'CAUSAL') return [x, [[window[0]! - 1, 0]]];
  if (padding !== 'CIRCULAR' && padding !== 'REFLECT') return [x, padding];
  const around = window.map((size) => [Math.floor((size - 1) / 2), Math.floor(size / 2)] as const);
  const batch = x.shape.length - window.length - 1;
  const pairs = x.shape.map((_, axis) => around[axis - batch] ?? ([0, 0] as const));
  const shape = x.shape.map((dim, axis) => (typeof dim === 'number' ? dim + pairs[axis]![0] + pairs[axis]![1] : dim));
  return [{ ...x, name: padOnnx(x, pairs, padding === 'CIRCULAR' ? 'wrap' : 'reflect', context), shape }, 'VALID'];
}

export function convTransposeOnnx(x: OnnxValue, context: OnnxContext): string {
  const { args, node, cast, weight, ints, constant } = context;
  const size = [args['kernelSize'] as number | number[]].flat();
  const axes = size.length;
  const [strides, dilations] = [
    perAxis('strides', args['strides'] as Sizes, axes),
    perAxis('kernelDilation', args['kernelDilation'] as Sizes, axes),
  ];
  const given = canonicalPadding(args['padding'] as PaddingValue, axes);
  if (given === 'CIRCULAR') context.refuse('A transposed convolution of ONNX has no CIRCULAR padding.');
  const window = reach(size, dilations);
  // Flax pads the stretched input, ONNX cuts the result of a window that reaches over every end.
  const around = window.map((length, i) => (typeof given === 'string' ? stretchedPadding(given, length, strides[i]!) : given[i]!));
  const cut = around.map(([low, high], i) => [window[i]! - 1 - low, window[i]! - 1 - high] as const);
  // ONNX turns the window around; Flax does so only with a transposed kernel, whose features are the other way round.
  const isTransposed = args['transposeKernel'] === true;
  const order = [isTransposed ? axes + 1 : axes, isTransposed ? axes : axes + 1, ...size.keys()];
  const kernel = weight('kernel', { order, ...(isTransposed ? {} : { flip: [...size.keys()] }) });
  return slideOnnx({ ...x, name: cast(x, 'float32') }, { reach: window, strides, padding: 'VALID' }, context, (name) => {
    const pads = [...cut.map(([low]) => Math.max(low, 0)), ...cut.map(([, high]) => Math.max(high, 0))];
    const y = node('ConvTranspose', [name, kernel], { kernel_shape: size, strides, dilations, pads });
    const more = [0, 0, ...cut.map(([low]) => Math.max(-low, 0)), 0, 0, ...cut.map(([, high]) => Math.max(-high, 0))];
    const whole = more.some((count) => count > 0) ? node('Pad', [y, ints(more), constant(0)]) : y;
    const shape = [Number(args['outFeatures']), ...size.map(() => 1)];
    return args['useBias'] === false ? whole : node('Add', [whole, weight('bias', { shape })]);
  });
}

/** As `jax.lax.conv_transpose` pads by name. */
function stretchedPadding(padding: string, window: number, stride: number): readonly [number, number] {
  const around = padding === 'SAME' ? window + stride - 2 : window + stride - 2 + Math.max(window - stride, 0);
  const low = padding === 'SAME' ? (stride > window - 1 ? window - 1 : Math.ceil(around / 2)) : window - 1;
  return [low, around - low];
}
