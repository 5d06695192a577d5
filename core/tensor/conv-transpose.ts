/** @file Transposed convolution. Port of jax.lax.conv_transpose in Flax's layout, channels last. */
import { conv, spreadKernel } from './conv.ts';
import { dilated, type PadPair, type Padding, perAxis, type PerAxis, resolvePadding } from './padding.ts';
import { tf } from './tf.ts';

export interface ConvTransposeOptions {
  /** 1 unless given. The result is about so many times larger. */
  readonly strides?: PerAxis;
  /** `'SAME'` unless given: the result is exactly `strides` times larger. Numbers pad the input after zeros were put into it. */
  readonly padding?: Exclude<Padding, 'SAME_LOWER'>;
  /** Steps between the numbers of the kernel; 1 unless given. */
  readonly kernelDilation?: PerAxis;
  /** Flips the kernel, and takes it as […spatial, out, in]: then this is the gradient of an ordinary convolution. */
  readonly transposeKernel?: boolean;
}

/**
 * Puts `strides - 1` zeros between the numbers of `x`, then slides `kernel` over it. `x` is [batch, …spatial, in], `kernel`
 * […spatial, in, out], the result [batch, …spatial, out]. Differentiable by both. The caller disposes the result.
 * @throws RangeError if shapes or options do not fit each other.
 */
export function convTranspose(x: tf.Tensor, kernel: tf.Tensor, options: ConvTransposeOptions = {}): tf.Tensor {
  const axes = x.rank - 2;
  const strides = perAxis('strides', options.strides, axes);
  const dilation = perAxis('kernelDilation', options.kernelDilation, axes);
  const windows = kernel.shape.slice(0, axes).map((size, i) => dilated(size, dilation[i]!));
  const pads = transposedPadding(options.padding ?? 'SAME', x.shape.slice(1, -1), windows, strides);
  const transposed = options.transposeKernel ?? false;

  return tf.tidy(() => {
    const native = x.size > 0 && kernel.size > 0 && strides.some((n) => n > 1);
    if (native && pads.every(([low, high], i) => low < windows[i]! && high < windows[i]!)) {
      return backwardConv(x, transposed ? kernel : flipKernel(kernel), strides, dilation, windows, pads);
    }
    const filter = transposed ? flipKernel(kernel) : kernel;
    return conv(x, filter, { padding: pads, inputDilation: strides, kernelDilation: dilation });
  });
}

/**
 * The same as the gradient of a strided convolution by its input, which TensorFlow.js computes without the zeros. What is `low`
 * here, the forward convolution pads by the rest of the window. `kernel` is […spatial, out, in].
 */
function backwardConv(
  x: tf.Tensor,
  kernel: tf.Tensor,
  strides: readonly number[],
  dilation: readonly number[],
  windows: readonly number[],
  pads: readonly PadPair[],
): tf.Tensor {
  const spatial = x.shape.slice(1, -1);
  const out = spatial.map((size, i) => (size - 1) * strides[i]! + 1 + pads[i]![0] + pads[i]![1] - windows[i]! + 1);
  const shape = [x.shape[0]!, ...out, kernel.shape.at(-2)!];
  if (out.some((size) => size < 1)) return tf.zeros(shape.map((size) => Math.max(size, 0)));
  const filter = spreadKernel(kernel, dilation);
  const forward = pads.map(([low, high], i) => [windows[i]! - 1 - low, windows[i]! - 1 - high] as [number, number]);
  if (spatial.length === 3) {
    // TensorFlow.js has no padding in numbers here: all that a window reaches, of which the padding is cut off.
    const whole = [shape[0]!, ...out.map((size, i) => size + forward[i]![0] + forward[i]![1]), shape.at(-1)!];
    const all = runKernel('Conv3DBackpropInputV2', { dy: x, filter }, { strides: [...strides], pad: 'valid', inputShape: whole });
    return tf.slice(all, [0, ...forward.map(([low]) => low), 0], shape);
  }
  const flat = spatial.length === 1;
  const attributes = {
    strides: flat ? [1, strides[0]!] : [...strides],
    pad: [[0, 0], ...(flat ? [[0, 0]] : []), ...forward, [0, 0]],
    dataFormat: 'NHWC',
    dimRoundingMode: undefined,
    inputShape: flat ? [shape[0], 1, ...shape.slice(1)] : shape,
  };
  const inputs = { dy: flat ? tf.expandDims(x, 1) : x, filter: flat ? tf.expandDims(filter, 0) : filter };
  return tf.reshape(runKernel('Conv2DBackpropInput', inputs, attributes), shape);
}

function runKernel(name: string, inputs: Record<string, tf.Tensor>, attributes: object): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attributes as unknown as tf.NamedAttrMap);
}

/** Flips space and swaps input and output channels. */
function flipKernel(kernel: tf.Tensor): tf.Tensor {
  const axes = [...kernel.shape.keys()];
  const spatial = axes.slice(0, -2);
  return tf.transpose(tf.reverse(kernel, spatial), [...spatial, kernel.rank - 1, kernel.rank - 2]);
}

/** JAX's padding of the input after zeros were put into it. */
function transposedPadding(
  padding: Exclude<Padding, 'SAME_LOWER'>,
  sizes: readonly number[],
  windows: readonly number[],
  strides: readonly number[],
): [number, number][] {
  if (typeof padding !== 'string') return resolvePadding(padding, sizes, windows, strides);
  return windows.map((window, i) => {
    const stride = strides[i]!;
    const total = padding === 'SAME' ? window + stride - 2 : window + stride - 2 + Math.max(window - stride, 0);
    const low = padding === 'VALID' || stride > window - 1 ? window - 1 : Math.ceil(total / 2);
    return [low, total - low];
  });
}
