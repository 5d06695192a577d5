/** @file Ops with as many inputs or outputs as a parameter says. */
import { p } from '../../spec/params.ts';
import { port, type PortSpecs } from '../../spec/ports.ts';
import type { DataType } from '../../spec/shape.ts';
import { tf } from '../../tensor/tf.ts';
import { wider } from './elementwise.ts';
import { read } from './ports.ts';

/** How many inputs a joining op has. */
export const inputsParam = p.int({ default: 2, min: 1, max: 64, doc: 'How many inputs there are.' });

/** `x0`, `x1` … or `y0`, `y1` …, one per number below `count`. */
export function numberedPorts(prefix: 'x' | 'y', count: number): PortSpecs {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, port()]));
}

/** The inputs `x0`, `x1` … in order. */
export function readMany<T>(inputs: Readonly<Record<string, T>>, count: number): T[] {
  return Array.from({ length: count }, (_, i) => read(inputs, `x${i}`));
}

/**
 * Joins tensors in the widest of their types, as NumPy promotes. TensorFlow.js takes the type of the first, or throws. The caller disposes
 * the result.
 */
export function joinPromoted(xs: readonly tf.Tensor[], join: (xs: tf.Tensor[]) => tf.Tensor): tf.Tensor {
  const dtype = xs.map((x) => x.dtype as DataType).reduce(wider);
  return tf.tidy(() => join(xs.map((x) => (x.dtype === dtype ? x : tf.cast(x, dtype)))));
}
