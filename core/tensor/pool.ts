/** @file Pooling over one, two or three spatial axes. Port of flax.nnx's max_pool, min_pool, avg_pool, channels last. */
import { countWindows, type Padding, perAxis, type PerAxis, resolvePadding } from './padding.ts';
import { tf } from './tf.ts';

export interface PoolOptions {
  /** 1 unless given, as in Flax; not the window. */
  readonly strides?: PerAxis;
  /** `'VALID'` unless given. */
  readonly padding?: Padding;
}

export interface AvgPoolOptions extends PoolOptions {
  /** Whether padding counts as numbers, of value 0; true unless given. */
  readonly countIncludePad?: boolean;
}

type Pads = readonly (readonly [number, number])[];

/** One pass over two spatial axes of [batch, height, width, channels]. */
type Pass = (x: tf.Tensor4D, window: [number, number], strides: [number, number], pads: Pads) => tf.Tensor;

/**
 * The largest number of each window: `nnx.max_pool`. `x` is [batch, …spatial, channels]; padding is never the largest. Of equal
 * numbers the first of the window gets all the gradient. The caller disposes the result.
 */
export function maxPool(x: tf.Tensor, window: readonly number[], options: PoolOptions = {}): tf.Tensor {
  return pool(x, window, options, maxPass);
}

/** The smallest number of each window: `nnx.min_pool`. As `maxPool` otherwise. */
export function minPool(x: tf.Tensor, window: readonly number[], options: PoolOptions = {}): tf.Tensor {
  return tf.tidy(() => tf.neg(pool(tf.neg(x), window, options, maxPass)));
}

/** The mean of each window, in float32: `nnx.avg_pool`. `x` is [batch, …spatial, channels]. The caller disposes the result. */
export function avgPool(x: tf.Tensor, window: readonly number[], options: AvgPoolOptions = {}): tf.Tensor {
  return tf.tidy(() => {
    const mean = pool(tf.cast(x, 'float32'), window, options, avgPass);
    if (options.countIncludePad ?? true) return mean;
    return tf.mul(mean, padCorrection(x.shape, window, options));
  });
}

/** The sum of each window. `x` is [batch, …spatial, channels]. The caller disposes the result. */
export function sumPool(x: tf.Tensor, window: readonly number[], options: PoolOptions = {}): tf.Tensor {
  return tf.tidy(() => tf.mul(pool(tf.cast(x, 'float32'), window, options, avgPass), product(window)));
}

function maxPass(x: tf.Tensor4D, window: [number, number], strides: [number, number], pads: Pads): tf.Tensor {
  const pad = isPadded(pads) ? ([[0, 0], pads[0], pads[1], [0, 0]] as tf.backend_util.ExplicitPadding) : 'valid';
  return tf.maxPool(x, window, strides, pad);
}

// TensorFlow.js leaves padding out of the mean, but not out of its gradient: so there is never any.
function avgPass(x: tf.Tensor4D, window: [number, number], strides: [number, number], pads: Pads): tf.Tensor {
  const padded = isPadded(pads) ? tf.pad(x, [[0, 0], [...pads[0]!] as [number, number], [...pads[1]!] as [number, number], [0, 0]]) : x;
  return tf.avgPool(padded, window, strides, 'valid');
}

function isPadded(pads: Pads): boolean {
  return pads.some(([low, high]) => low > 0 || high > 0);
}

/** Pools two axes at a time: a window over three is one over two of them, and one over the third. */
function pool(x: tf.Tensor, window: readonly number[], options: PoolOptions, pass: Pass): tf.Tensor {
  const { spatial, strides, pads, out } = resolve(x.shape, window, options);
  const [batch, channels] = [x.shape[0]!, x.shape.at(-1)!];
  const shape = [batch, ...out, channels];
  if (shape.includes(0) || x.size === 0) return tf.zeros(shape);
  const flat: readonly [number, number] = [0, 0];
  return tf.tidy(() => {
    if (out.length === 1) {
      const rows = tf.reshape(x, [batch, 1, spatial[0]!, channels]) as tf.Tensor4D;
      return tf.reshape(pass(rows, [1, window[0]!], [1, strides[0]!], [flat, pads[0]!]), shape);
    }
    if (out.length === 2) return pass(x as tf.Tensor4D, pair(window), pair(strides), pads);
    const [depth, height, width] = spatial as [number, number, number];
    const planes = tf.reshape(x, [batch * depth, height, width, channels]) as tf.Tensor4D;
    const within = pass(planes, pair(window.slice(1)), pair(strides.slice(1)), pads.slice(1));
    const columns = tf.reshape(within, [batch, depth, out[1]! * out[2]!, channels]) as tf.Tensor4D;
    return tf.reshape(pass(columns, [window[0]!, 1], [strides[0]!, 1], [pads[0]!, flat]), shape);
  });
}

function resolve(shape: readonly number[], window: readonly number[], { strides, padding }: PoolOptions) {
  const axes = shape.length - 2;
  if (axes < 1 || axes > 3 || window.length !== axes)
    throw new RangeError(
      `Pooling takes [batch, …spatial, channels] with 1 to 3 spatial axes and a window of as many, got [${shape.join(', ')}] and [${window.join(', ')}].`,
    );
  const spatial = shape.slice(1, -1);
  const steps = perAxis('strides', strides, axes);
  const pads = resolvePadding(padding ?? 'VALID', spatial, perAxis('window', window, axes), steps);
  if (pads.some((sides) => sides.some((n) => n < 0)))
    throw new RangeError(`Pooling takes padding of at least 0, got ${JSON.stringify(padding)}.`);
  return { spatial, strides: steps, pads, out: spatial.map((size, i) => countWindows(size, pads[i]!, window[i]!, steps[i]!)) };
}

/** By how much each mean must grow if padding does not count: the size of its window through the number of real entries. */
function padCorrection(shape: readonly number[], window: readonly number[], options: PoolOptions): tf.Tensor {
  const { spatial, strides, pads, out } = resolve(shape, window, options);
  let factor: tf.Tensor = tf.scalar(1);
  for (const [axis, count] of out.entries()) {
    const growth = Float32Array.from({ length: count }, (_, i) => {
      const from = i * strides[axis]! - pads[axis]![0];
      // A window that holds padding only has none: its mean is 0/0, as in Flax.
      return window[axis]! / Math.max(Math.min(from + window[axis]!, spatial[axis]!) - Math.max(from, 0), 0);
    });
    factor = tf.mul(factor, tf.reshape(tf.tensor1d(growth), [count, ...out.slice(axis).map(() => 1)]));
  }
  return factor;
}

function pair(values: readonly number[]): [number, number] {
  return [values[0]!, values[1]!];
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a * b, 1);
}
