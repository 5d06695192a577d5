/** @file Padding of windows that slide over spatial axes, as JAX counts it. */

/** Zeros before and after one spatial axis. Negative numbers cut the axis instead. */
export type PadPair = readonly [low: number, high: number];

/**
 * `'VALID'`: none. `'SAME'`: so many that a stride of 1 keeps the size, the odd one after; `'SAME_LOWER'`: before. Or one pair per
 * spatial axis.
 */
export type Padding = 'SAME' | 'SAME_LOWER' | 'VALID' | readonly PadPair[];

/** One number for all spatial axes, or one each. */
export type PerAxis = number | readonly number[];

/**
 * One number per spatial axis.
 * @throws RangeError if there are more or fewer, or one that is no whole number of at least 1.
 */
export function perAxis(name: string, value: PerAxis | undefined, axes: number): number[] {
  const list = typeof value === 'object' ? [...value] : Array.from({ length: axes }, () => value ?? 1);
  if (list.length !== axes || list.some((n) => !Number.isInteger(n) || n < 1))
    throw new RangeError(`${name} takes one whole number of at least 1 per spatial axis, ${axes} of them, got ${JSON.stringify(value)}.`);
  return list;
}

/** The padding of each spatial axis, in numbers. `windows` are sizes with dilation. */
export function resolvePadding(
  padding: Padding,
  sizes: readonly number[],
  windows: readonly number[],
  strides: readonly number[],
): [number, number][] {
  if (padding === 'VALID') return sizes.map(() => [0, 0]);
  if (padding === 'SAME' || padding === 'SAME_LOWER') {
    return sizes.map((size, i) => {
      const total = Math.max((Math.ceil(size / strides[i]!) - 1) * strides[i]! + windows[i]! - size, 0);
      const [less, more] = [Math.floor(total / 2), Math.ceil(total / 2)];
      return padding === 'SAME' ? [less, more] : [more, less];
    });
  }
  if (
    !Array.isArray(padding) ||
    padding.length !== sizes.length ||
    !padding.every((pair: PadPair) => pair.length === 2 && pair.every(Number.isInteger))
  )
    throw new RangeError(
      `Padding is 'SAME', 'SAME_LOWER', 'VALID', or ${sizes.length} pairs of whole numbers, one per spatial axis; got ${JSON.stringify(padding)}.`,
    );
  return padding.map(([low, high]: PadPair) => [low, high]);
}

/** How often a window fits: at least 0 times. */
export function countWindows(size: number, [low, high]: PadPair, window: number, stride: number): number {
  return Math.max(Math.floor((size + low + high - window) / stride) + 1, 0);
}

/** The size of a window with gaps in it. */
export function dilated(size: number, dilation: number): number {
  return size === 0 ? 0 : (size - 1) * dilation + 1;
}
