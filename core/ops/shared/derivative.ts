/** @file Functions whose derivative is written by hand: where JAX's differs from TensorFlow.js's, or where it costs less. */
import { customGradient } from '../../tensor/custom-gradient.ts';
import { tf } from '../../tensor/tf.ts';
import { onFloat } from './on-float.ts';

interface ValueAndSaved {
  readonly value: tf.Tensor;
  /** What the derivative needs. It lives until the gradients are done. */
  readonly saved: readonly tf.Tensor[];
}

/**
 * `forward(x)`, with `backward(dy, ...saved)` as the gradient with respect to `x`. Intermediates are disposed. Integers and truth values
 * come in as float32.
 */
export function withDerivative(
  x: tf.Tensor,
  forward: (x: tf.Tensor) => ValueAndSaved,
  backward: (dy: tf.Tensor, ...saved: tf.Tensor[]) => tf.Tensor,
): tf.Tensor {
  return onFloat(x, (x) =>
    customGradient(
      [x],
      (save, [x]) => {
        const { value, saved } = forward(x!);
        save(saved);
        return value;
      },
      (dy, saved) => [() => backward(dy, ...saved)],
    ),
  );
}

/**
 * `slope` where 0 < y < top, else 0, both ends included: JAX's derivative of what is clipped to 0 … top, from the clipped value y.
 * A choice, not a product: nothing infinite and no NaN comes through from outside.
 */
export function slopeInside(y: tf.Tensor, top: number, slope: tf.Tensor): tf.Tensor {
  return tf.where(tf.greater(tf.mul(y, tf.sub(top, y)), 0), slope, tf.zerosLike(slope));
}
