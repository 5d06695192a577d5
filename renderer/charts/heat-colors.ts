/** @file The colours of a heat map's numbers. Pure. */
import type { Statistics } from '../../core/run/index.ts';
import { type ColorScale, DIVERGING, NOT_FINITE_RGB, type Rgb, sampleScale, VIRIDIS } from '../ui/color-scales.ts';

export interface Range {
  readonly low: number;
  readonly high: number;
  readonly isSigned: boolean;
}

const LEVELS = 256;

/** One range for the whole tensor, so that its parts can be compared. */
export function rangeOf({ min, max }: Pick<Statistics, 'min' | 'max'>): Range {
  const [low, high] = [min ?? 0, max ?? 0];
  const isSigned = low < 0 && high > 0;
  const size = Math.max(Math.abs(low), Math.abs(high)) || 1;
  return isSigned ? { low: -size, high: size, isSigned } : { low, high: high > low ? high : low + 1, isSigned };
}

export function scaleOfRange({ isSigned }: Range): ColorScale {
  return isSigned ? DIVERGING : VIRIDIS;
}

/** The colour of each number, four bytes a number: what is not finite has a colour of its own, never that of the largest. */
export function colorsOf(values: Float32Array, range: Range): Uint8ClampedArray<ArrayBuffer> {
  const colors = Array.from({ length: LEVELS }, (_, level) => sampleScale(scaleOfRange(range), level / (LEVELS - 1)));
  const bytes = new Uint8ClampedArray(values.length * 4);
  for (const [index, value] of values.entries()) {
    bytes.set(colorOf(value, range, colors), index * 4);
    bytes[index * 4 + 3] = 255;
  }
  return bytes;
}

function colorOf(value: number, { low, high }: Range, colors: readonly Rgb[]): Rgb {
  if (Number.isNaN(value)) return NOT_FINITE_RGB.nan;
  if (!Number.isFinite(value)) return NOT_FINITE_RGB.infinite;
  return colors[Math.round(Math.min(1, Math.max(0, (value - low) / (high - low))) * (LEVELS - 1))]!;
}
