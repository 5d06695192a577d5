/** @file What every layer does with its input before it computes. */
import { formatShape } from '../../spec/shape.ts';
import { tf } from '../../tensor/tf.ts';
import { rejectFor } from './options.ts';

/** Numbers and nested arrays are taken too, as Flax takes lists and NumPy arrays. */
export type Input = tf.Tensor | tf.TensorLike;

export function toTensor(input: Input): tf.Tensor {
  return input instanceof tf.Tensor ? input : tf.tensor(input);
}

/** The input as float32, whatever number type it has: integers meet float32 parameters. */
export function toFloat(input: Input): tf.Tensor {
  const x = toTensor(input);
  return x.dtype === 'float32' ? x : tf.cast(x, 'float32');
}

/** Throws where the last axis is not what the layer was made for. */
export function checkLastAxis(type: string, x: tf.Tensor, size: number, param: string): void {
  if (x.shape[x.rank - 1] !== size) rejectAxis(type, x, 'a last axis', x.shape[x.rank - 1], size, param);
}

/** Throws where an axis, counted from the front, is not what the layer was made for. */
export function checkAxis(type: string, x: tf.Tensor, axis: number, size: number, param: string): void {
  if (x.shape[axis] !== size) rejectAxis(type, x, `axis ${axis}`, x.shape[axis], size, param);
}

function rejectAxis(type: string, { shape }: tf.Tensor, axis: string, got: number | undefined, size: number, param: string): never {
  const fix =
    got === undefined ? 'Give it an input that has this axis.' : `Make the layer with ${param} ${got}, or give it an input that fits.`;
  return rejectFor(type, { code: 'shape/axis', param, expected: `an input with ${axis} of ${size}`, got: formatShape(shape), fix });
}
