/** @file Running sums and products. TensorFlow.js takes negative axes for products, and then computes something else. */
import { tf } from './tf.ts';

export interface CumulativeOptions {
  /** From the last to the first; false unless given. */
  readonly reverse?: boolean;
}

/** The sum of all numbers up to each along an axis: `jnp.cumsum(x, axis)`. Differentiable. The caller disposes the result. */
export function cumsum(x: tf.Tensor, axis: number, { reverse = false }: CumulativeOptions = {}): tf.Tensor {
  return tf.cumsum(x, axis < 0 ? axis + x.rank : axis, false, reverse);
}

/** The product of all numbers up to each along an axis: `jnp.cumprod(x, axis)`. Differentiable, at zeros too. The caller disposes the result. */
export function cumprod(x: tf.Tensor, axis: number, { reverse = false }: CumulativeOptions = {}): tf.Tensor {
  return tf.cumprod(x, axis < 0 ? axis + x.rank : axis, false, reverse);
}
