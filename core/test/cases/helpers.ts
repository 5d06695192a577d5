/** @file What the tests of the layer cases share. */
import { expect } from 'vitest';
import { dispose } from '../../nnx/dispose.ts';
import { Rngs } from '../../nnx/rngs.ts';
import { tf } from '../../tensor/tf.ts';

export const rngs = (seed = 0) => new Rngs(seed);

/** The nested numbers of what `f` returns; what it makes is freed. */
export function valuesOf(f: () => tf.Tensor): unknown {
  const y = tf.tidy(f);
  const values = y.arraySync();
  y.dispose();
  return values;
}

/** The shape of what `f` returns; what it makes is freed. */
export function shapeOf(f: () => tf.Tensor): number[] {
  const y = tf.tidy(f);
  y.dispose();
  return y.shape;
}

/** Compares nested numbers to 5 places. */
export function expectClose(actual: unknown, expected: unknown, places = 5): void {
  const flat = (value: unknown): number[] => (Array.isArray(value) ? value.flatMap(flat) : [Number(value)]);
  const [left, right] = [flat(actual), flat(expected)];
  expect(left.length).toBe(right.length);
  left.forEach((value, i) => {
    if (Number.isNaN(right[i]!)) expect(value).toBeNaN();
    else expect(value).toBeCloseTo(right[i]!, places);
  });
}

/** Uses a Module and frees it. */
export function using<M>(module: M, f: (module: M) => void): void {
  try {
    f(module);
  } finally {
    dispose(module);
  }
}

/** The derivative of the sum of `f` at `x`. */
export function slopes(f: (x: tf.Tensor) => tf.Tensor, x: number[]): number[] {
  const gradient = tf.tidy(() => tf.grad((x: tf.Tensor) => tf.sum(f(x)))(tf.tensor1d(x)));
  const values = Array.from(gradient.dataSync());
  gradient.dispose();
  return values;
}
