/** @file Comparing numbers in tests, with NumPy's rule: |actual - expected| <= atol + rtol * |expected|. */
import type { tf } from '../tf.ts';

/** Numbers as nested arrays, a typed array or one number. */
export type Numbers = number | boolean | readonly Numbers[] | ArrayLike<number>;

export interface Tolerance {
  /** 1e-5 unless given. */
  readonly rtol?: number;
  /** 1e-6 unless given. */
  readonly atol?: number;
}

/**
 * Throws unless the numbers agree. NaN agrees with NaN, infinities with themselves. If `expected` is nested, the shapes must agree.
 * Reads synchronously, and disposes nothing.
 */
export function expectAllClose(actual: tf.Tensor, expected: tf.Tensor | Numbers, { rtol = 1e-5, atol = 1e-6 }: Tolerance = {}): void {
  const shape = isTensor(expected) ? expected.shape : shapeOf(expected);
  if (shape && String(shape) !== String(actual.shape))
    throw new Error(`Expected the shape [${shape.join(', ')}], got [${actual.shape.join(', ')}].`);
  const want = isTensor(expected) ? expected.dataSync() : flatten(expected);
  const got = actual.dataSync();
  if (want.length !== got.length) throw new Error(`Expected ${want.length} numbers, got ${got.length}.`);
  const wrong: string[] = [];
  for (let i = 0; i < got.length; i++) {
    const [a, b] = [got[i]!, want[i]!];
    if (Object.is(a, b) || (a !== a && b !== b)) continue;
    if (!(Math.abs(a - b) <= atol + rtol * Math.abs(b))) wrong.push(`number ${i}: expected ${b}, got ${a}`);
  }
  if (wrong.length > 0)
    throw new Error(`${wrong.length} of ${got.length} numbers differ (rtol ${rtol}, atol ${atol}): ${wrong.slice(0, 5).join('; ')}`);
}

function isTensor(value: unknown): value is tf.Tensor {
  return typeof value === 'object' && value !== null && 'dataSync' in value;
}

function shapeOf(value: Numbers): number[] | undefined {
  if (typeof value !== 'object') return [];
  if (ArrayBuffer.isView(value)) return undefined;
  const list = value as readonly Numbers[];
  return [list.length, ...(list.length > 0 ? (shapeOf(list[0]!) ?? []) : [])];
}

function flatten(value: Numbers): number[] {
  return typeof value === 'object' ? Array.from(value as ArrayLike<Numbers>).flatMap((part) => flatten(part)) : [Number(value)];
}
