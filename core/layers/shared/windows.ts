/** @file What convolutions share: sizes per axis, padding in Flax's spellings, and how long an axis comes out. */
import { ValueError } from '../../nnx/errors.ts';
import {
  addDims,
  BATCH,
  ceilDivide,
  floorDivide,
  formatShape,
  infer,
  multiplyDims,
  p,
  reject,
  requireRank,
  setTo,
  spreadMends,
  type Args,
  type Dim,
  type PaddingValue,
  type ParamValue,
  type TensorSpec,
} from '../../spec/index.ts';
import { tf } from '../../tensor/tf.ts';

export type Sizes = number | readonly number[];
export type Pairs = readonly (readonly [number, number])[];

export const windowParams = {
  kernelSize: p.ints({
    min: 1,
    start: [3, 3],
    unit: 'pixels',
    doc: 'Size of the window: one number for sequences, two for images, three for volumes.',
  }),
  strides: p.ints.nullable({ default: 1, min: 1, doc: 'How far the window moves from one output to the next.' }),
  padding: p.padding({
    default: 'SAME',
    doc: 'What surrounds the input: SAME keeps the length at stride 1, VALID adds nothing, CIRCULAR wraps around; or numbers of zeros.',
  }),
  kernelDilation: p.ints.nullable({
    default: 1,
    min: 1,
    advanced: true,
    doc: 'Distance between the entries of the window (atrous convolution).',
  }),
};

/** One number per spatial axis; null stands for 1. @throws ValueError for a list of another length. */
export function perAxis(name: string, sizes: Sizes | null, axes: number): readonly number[] {
  if (sizes === null || typeof sizes === 'number') return Array.from({ length: axes }, () => sizes ?? 1);
  if (sizes.length === axes) return sizes;
  throw new ValueError(
    `${name} should have as many entries as there are spatial axes, ${axes}, but is (${sizes.join(', ')}). Give one number for all, or one each.`,
  );
}

/** Padding as a name or as pairs of (low, high). @throws ValueError if there is not one entry per spatial axis. */
export function canonicalPadding(padding: PaddingValue, axes: number): string | Pairs {
  if (typeof padding === 'string') return padding;
  const sides = typeof padding === 'number' ? Array.from({ length: axes }, () => padding) : padding;
  if (sides.length !== axes) {
    throw new ValueError(
      `Invalid padding format: ${JSON.stringify(padding)}, should be a text, a number, or a list with one number or one pair for each of the ${axes} spatial axes.`,
    );
  }
  return sides.map((side) => (typeof side === 'number' ? ([side, side] as const) : side));
}

/** The window with its dilation: k entries at distance d reach over (k − 1)·d + 1. */
export function reach(kernelSize: readonly number[], dilation: readonly number[]): readonly number[] {
  return kernelSize.map((size, i) => (size - 1) * dilation[i]! + 1);
}

/**
 * Calls `f` with exactly one batch axis: adds one, or merges several, and undoes it on the result.
 * @throws ValueError if the input has fewer axes than the window and the features need.
 */
export function withOneBatchAxis(x: tf.Tensor, spatial: number, f: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  if (x.rank <= spatial) {
    throw new ValueError(
      `A window over ${spatial} spatial axes needs an input of at least ${spatial + 1} axes, features last, but got ${formatShape(x.shape)}.`,
    );
  }
  const batch = x.shape.slice(0, x.rank - spatial - 1);
  if (batch.length === 1) return f(x);
  const size = batch.reduce((product, length) => product * length, 1);
  const y = f(tf.reshape(x, [size, ...x.shape.slice(batch.length)]));
  return tf.reshape(y, [...batch, ...y.shape.slice(1)]);
}

interface WindowArgs {
  readonly inFeatures: number;
  readonly kernelSize: Sizes;
}

/** Rejects what no convolution takes; gives the spatial axes. */
/** The axes that a window slides along, for the port. */
export function spatialAxes({ kernelSize }: Args): readonly number[] {
  return lastAxes([kernelSize].flat().length);
}

/** So many axes in front of the features, counted from the end. */
export function lastAxes(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i - count - 1);
}

export function checkWindow(
  x: TensorSpec,
  { inFeatures, kernelSize }: WindowArgs,
): { readonly spatial: readonly Dim[]; readonly axes: number } {
  const axes = [kernelSize].flat().length;
  if (axes < 1 || axes > 3) {
    reject({
      code: 'param/kernel-size',
      param: 'kernelSize',
      expected: 'one to three sizes in kernelSize',
      got: `${axes}`,
      fix: 'Give one size per spatial axis.',
      mends: [setTo('kernelSize', [3, 3])],
    });
  }
  requireRank('x', x, { min: axes + 1, ...(x.shape[0] === BATCH ? { mends: spreadMends('x', x.shape, axes) } : {}) });
  const features = x.shape.at(-1);
  if (features !== inFeatures) {
    reject({
      code: 'shape/last-axis',
      port: 'x',
      param: 'inFeatures',
      expected: `${inFeatures} features on the last axis, after ${axes} spatial ${axes === 1 ? 'axis' : 'axes'}`,
      got: `${features}`,
      fix: `Set inFeatures to ${features}, or clear it so that it is inferred. Features stand last here, unlike in PyTorch.`,
      mends: typeof features === 'number' ? [infer('inFeatures'), setTo('inFeatures', features)] : [],
    });
  }
  return { spatial: x.shape.slice(-axes - 1, -1), axes };
}

/** Rejects a list of another length than there are spatial axes. */
export function checkPerAxis(param: string, value: unknown, axes: number): void {
  if (!Array.isArray(value) || value.length === axes) return;
  reject({
    code: 'param/axes',
    param,
    expected: `${axes} entries in ${param}, one per spatial axis`,
    got: `${value.length}`,
    fix: `Give one number, or ${axes}.`,
    mends: value.length > 0 ? [setTo(param, value[0] as ParamValue)] : [],
  });
}

/** How long an axis comes out of a convolution. Every padding by name but VALID keeps the length, divided by the stride and rounded up. */
export function convolvedLength(
  length: Dim,
  padding: string | readonly [number, number],
  window: { reach: number; stride: number; inputDilation: number },
): Dim {
  if (typeof padding === 'string' && padding !== 'VALID') return ceilDivide(length, window.stride);
  const [low, high] = typeof padding === 'string' ? [0, 0] : padding;
  const dilated = addDims(multiplyDims(addDims(length, -1), window.inputDilation), 1);
  const positions = addDims(floorDivide(addDims(dilated, low + high - window.reach), window.stride), 1);
  return requireRoom(positions, length, window.reach);
}

/** How long an axis comes out of a transposed convolution: `stride` times as long, but for padding in numbers and VALID. */
export function transposedLength(length: Dim, padding: string | readonly [number, number], window: { reach: number; stride: number }): Dim {
  const stretched = multiplyDims(length, window.stride);
  if (padding === 'VALID') return addDims(stretched, Math.max(window.reach - window.stride, 0));
  if (typeof padding === 'string') return stretched;
  return requireRoom(addDims(stretched, 1 - window.stride, padding[0], padding[1], 1 - window.reach), length, window.reach);
}

/** Rejects an axis on which the window has no place: Flax gives an empty tensor there, which nobody wants in a design. */
function requireRoom(positions: Dim, length: Dim, reach: number): Dim {
  if (typeof positions === 'string' || positions > 0) return positions;
  return reject({
    code: 'shape/window',
    port: 'x',
    param: 'kernelSize',
    expected: `an axis that holds the window of ${reach}`,
    got: `${length}`,
    fix: 'Choose a smaller kernelSize, or more padding such as SAME.',
    mends: [setTo('padding', 'SAME')],
  });
}
