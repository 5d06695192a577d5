/** @file What the inspector shows of a tensor without having it: statistics, a histogram and the first elements. */
import type { DataType } from '../spec/shape.ts';
import type { Values } from '../tensor/read-many.ts';
import type { Statistics, Summary } from './protocol.ts';

export const BINS = 64;
const HEAD = 64;

/** A range with no width gets one, as NumPy's histogram does: half a unit to each side. */
export function histogramRange(min: number, max: number): { readonly low: number; readonly high: number } {
  if (min < max) return { low: min, high: max };
  const half = Math.max(0.5, Math.abs(min) * 1e-6);
  return { low: min - half, high: max + half };
}

export function isNotFinite({ nans, infinities }: Pick<Summary, 'nans' | 'infinities'>): boolean {
  return nans + infinities > 0;
}

/** A statistic of all numbers, given that of the finite ones: what is not finite is not left out of it. Of infinities the sign is not known. */
export function overAll(ofFinite: number | null, { nans, infinities }: Pick<Summary, 'nans' | 'infinities'>): number | null {
  return nans > 0 ? NaN : infinities > 0 ? Infinity : ofFinite;
}

/** Loops over one kind of array are compiled well; over three kinds they take three times as long. */
function asFloats(data: Values): Float32Array | Float64Array {
  return data instanceof Float32Array ? data : Float64Array.from(data);
}

/** How many finite numbers are in each bin. The last one holds its upper edge. */
function countIn(numbers: Float32Array | Float64Array, low: number, scale: number): number[] {
  const bins = new Int32Array(BINS);
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i]!;
    if (x - x !== 0) continue;
    const bin = ((x - low) * scale) | 0;
    bins[bin < BINS ? bin : BINS - 1]!++;
  }
  return [...bins];
}

/** Σ (x - mean)² of the finite numbers. */
function spreadOf(numbers: Float32Array | Float64Array, mean: number): number {
  let spread = 0;
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i]!;
    if (x - x !== 0) continue;
    const away = x - mean;
    spread += away * away;
  }
  return spread;
}

/**
 * Reads `data` (row-major, of `shape`) twice: extremes and sums first, spread second. Sums are in float64.
 * Extremes, mean and spread are over finite elements, and null where there are none; `std` is the population's. The norm is of all
 * elements: NaN or infinite where one of them is, and null where there is none.
 */
export function measure(data: Values, shape: readonly number[], dtype: DataType): Statistics {
  const numbers = asFloats(data);
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let squares = 0;
  let finite = 0;
  let zeros = 0;
  let nans = 0;
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i]!;
    // Only finite numbers give 0 here.
    if (x - x !== 0) {
      if (Number.isNaN(x)) nans++;
      continue;
    }
    finite++;
    if (x === 0) zeros++;
    if (x < min) min = x;
    if (x > max) max = x;
    sum += x;
    squares += x * x;
  }
  const counted = { shape: [...shape], dtype, count: data.length, zeros, nans, infinities: data.length - finite - nans };
  const norm = data.length === 0 ? null : overAll(Math.sqrt(squares), counted);
  if (finite === 0) return { ...counted, min: null, max: null, mean: null, std: null, norm };

  const mean = sum / finite;
  return { ...counted, min, max, mean, std: Math.sqrt(spreadOf(numbers, mean) / finite), norm };
}

/** Where the bins of a histogram begin and end; all finite numbers of the values it is asked of lie between. */
export interface BinRange {
  readonly low: number;
  readonly high: number;
}

/** The same with a histogram over the span of the finite numbers, or that which is given, and the first numbers. */
export function summarize(data: Values, shape: readonly number[], dtype: DataType, range?: BinRange): Summary {
  const measured = measure(data, shape, dtype);
  const { min, max } = measured;
  const head = Array.from(data.subarray(0, HEAD));
  if (min === null || max === null) return { ...measured, histogram: null, head };
  const { low, high } = range ? histogramRange(Math.min(min, range.low), Math.max(max, range.high)) : histogramRange(min, max);
  return { ...measured, histogram: { low, high, counts: countIn(asFloats(data), low, BINS / (high - low)) }, head };
}
