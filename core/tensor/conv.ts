/** @file Convolution over one, two or three spatial axes. Port of jax.lax.conv_general_dilated in Flax's layout, channels last. */
import { padInterior, type InteriorPadding } from './mends/place-strided.ts';
import { countWindows, dilated, type Padding, perAxis, type PerAxis, resolvePadding } from './padding.ts';
import { tf } from './tf.ts';

export interface ConvOptions {
  /** 1 unless given. */
  readonly strides?: PerAxis;
  /** `'VALID'` unless given. */
  readonly padding?: Padding;
  /** Steps between the numbers of the input, with zeros put between them; 1 unless given. Needs padding in numbers. */
  readonly inputDilation?: PerAxis;
  /** Steps between the numbers of the kernel; 1 unless given. */
  readonly kernelDilation?: PerAxis;
  /** Output channels come from so many separate groups of input channels; 1 unless given. */
  readonly featureGroupCount?: number;
}

/** A convolution in numbers: what is left when all defaults and names are resolved. */
interface Convolution {
  readonly strides: readonly number[];
  readonly pads: readonly (readonly [number, number])[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

/**
 * Slides `kernel` over `x`, not flipped. `x` is [batch, …spatial, in], `kernel` […spatial, in / groups, out], the result
 * [batch, …spatial, out]. Differentiable by both. The caller disposes the result.
 * @throws RangeError if shapes or options do not fit each other.
 */
export function conv(x: tf.Tensor, kernel: tf.Tensor, options: ConvOptions = {}): tf.Tensor {
  const axes = x.rank - 2;
  const groups = options.featureGroupCount ?? 1;
  checkShapes(x, kernel, groups);
  const inputDilation = perAxis('inputDilation', options.inputDilation, axes);
  const padding = options.padding ?? 'VALID';
  if (typeof padding === 'string' && inputDilation.some((n) => n > 1))
    throw new RangeError(`Padding '${padding}' is not defined for a dilated input. Give pairs of numbers, or use convTranspose.`);

  const spatial = x.shape.slice(1, -1).map((size, i) => dilated(size, inputDilation[i]!));
  const dilation = perAxis('kernelDilation', options.kernelDilation, axes);
  const strides = perAxis('strides', options.strides, axes);
  const windows = kernel.shape.slice(0, axes).map((size, i) => dilated(size, dilation[i]!));
  const pads = resolvePadding(padding, spatial, windows, strides);
  const out = spatial.map((size, i) => countWindows(size, pads[i]!, windows[i]!, strides[i]!));
  const shape = [x.shape[0]!, ...out, kernel.shape.at(-1)!];
  if (shape.includes(0) || x.size === 0 || kernel.size === 0) return tf.zeros(shape);

  return tf.tidy(() => {
    // What the kernels cannot pad themselves: zeros between the numbers, and cuts.
    const between = pads.map(([low, high], i): InteriorPadding => [Math.min(low, 0), Math.min(high, 0), inputDilation[i]! - 1]);
    const rest = pads.map(([low, high]): [number, number] => [Math.max(low, 0), Math.max(high, 0)]);
    const spreadX = between.some((n) => n.some((m) => m !== 0)) ? padInterior(x, [[0, 0, 0], ...between, [0, 0, 0]]) : x;
    const convolution = { strides, pads: rest, dilation, groups };
    if (axes === 1) return tf.reshape(conv2d(...withHeight(spreadX, kernel, convolution)), shape);
    if (axes === 2) return conv2d(spreadX, kernel, convolution);
    return conv3d(spreadX, kernel, convolution);
  });
}

/** A convolution over one axis as one over two, the first of size 1. */
function withHeight(
  x: tf.Tensor,
  kernel: tf.Tensor,
  { strides, pads, dilation, groups }: Convolution,
): [tf.Tensor, tf.Tensor, Convolution] {
  const flat = { strides: [1, ...strides], pads: [[0, 0] as const, ...pads], dilation: [1, ...dilation], groups };
  return [tf.expandDims(x, 1), tf.expandDims(kernel, 0), flat];
}

function conv2d(x: tf.Tensor, kernel: tf.Tensor, { strides, pads, dilation, groups }: Convolution): tf.Tensor {
  // The kernels have strides or dilation, not both.
  const both = strides.some((n) => n > 1) && dilation.some((n) => n > 1);
  const spread = both ? spreadKernel(kernel, dilation) : kernel;
  const by = (both ? [1, 1] : dilation) as [number, number];
  const step = strides as [number, number];
  const padded = pads.some(([low, high]) => low > 0 || high > 0);
  const pad = padded ? ([[0, 0], pads[0], pads[1], [0, 0]] as tf.backend_util.ExplicitPadding) : 'valid';
  // Measured on both backends: where there are so many groups, running each by itself takes longer.
  if (groups > 1 && (spread.shape[2] === 1 || spread.shape[2]! * 4 <= groups)) {
    return bySumming(spread, groups, (filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter, step, pad as 'valid', 'NHWC', by));
  }
  return inGroups(x, spread, groups, (part, filter) => tf.conv2d(part as tf.Tensor4D, filter as tf.Tensor4D, step, pad, 'NHWC', by));
}

function conv3d(x: tf.Tensor, kernel: tf.Tensor, { strides, pads, dilation, groups }: Convolution): tf.Tensor {
  // TensorFlow.js has neither padding in numbers here, nor gradients with dilation.
  const padded = pads.some(([low, high]) => low > 0 || high > 0)
    ? tf.pad(x, [[0, 0], ...pads.map(([a, b]): [number, number] => [a, b]), [0, 0]])
    : x;
  const step = strides as [number, number, number];
  return inGroups(padded, spreadKernel(kernel, dilation), groups, (part, filter) =>
    tf.conv3d(part as tf.Tensor5D, filter as tf.Tensor5D, step, 'valid'),
  );
}

/**
 * Many groups of few channels at once: `convolve` gives each input channel its own outputs, side by side, as TensorFlow.js can, and
 * those of the channels of a group are added up.
 */
function bySumming(kernel: tf.Tensor, groups: number, convolve: (filter: tf.Tensor4D) => tf.Tensor): tf.Tensor {
  const [height, width, depth, channels] = kernel.shape as [number, number, number, number];
  const size = channels / groups;
  const byGroup = depth === 1 ? kernel : tf.transpose(tf.reshape(kernel, [height, width, depth, groups, size]), [0, 1, 3, 2, 4]);
  const y = convolve(tf.reshape(byGroup, [height, width, groups * depth, size]));
  if (depth === 1) return y;
  const pixels = y.shape.slice(0, -1);
  return tf.reshape(tf.sum(tf.reshape(y, [-1, groups, depth, size]), 2), [...pixels, channels]);
}

/** Runs each group of channels by itself. */
function inGroups(x: tf.Tensor, kernel: tf.Tensor, groups: number, run: (x: tf.Tensor, kernel: tf.Tensor) => tf.Tensor): tf.Tensor {
  if (groups === 1) return run(x, kernel);
  const parts = tf.split(x, groups, -1);
  const kernels = tf.split(kernel, groups, -1);
  return tf.concat(
    parts.map((part, i) => run(part, kernels[i]!)),
    -1,
  );
}

/** The kernel with zeros in its gaps. Differentiable. */
export function spreadKernel(kernel: tf.Tensor, dilation: readonly number[]): tf.Tensor {
  if (dilation.every((n) => n === 1)) return kernel;
  return padInterior(kernel, [...dilation.map((n): InteriorPadding => [0, 0, n - 1]), [0, 0, 0], [0, 0, 0]]);
}

function checkShapes(x: tf.Tensor, kernel: tf.Tensor, groups: number): void {
  const shapes = `the input [${x.shape.join(', ')}] and the kernel [${kernel.shape.join(', ')}]`;
  if (x.rank < 3 || x.rank > 5 || kernel.rank !== x.rank)
    throw new RangeError(
      `A convolution takes [batch, …spatial, channels] and […spatial, in, out] with 1 to 3 spatial axes, got ${shapes}.`,
    );
  const [channels, depth, out] = [x.shape.at(-1)!, kernel.shape.at(-2)!, kernel.shape.at(-1)!];
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0 || out % groups !== 0)
    throw new RangeError(`featureGroupCount ${groups} must divide the ${channels} input channels and the ${out} output channels.`);
  if (depth * groups !== channels)
    throw new RangeError(`The kernel must have ${channels / groups} input channels (${channels} in ${groups} groups), got ${shapes}.`);
}
