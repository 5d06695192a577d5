/** @file Functions whose derivative is written by hand: where JAX's differs from TensorFlow.js's, or where it costs less. */
import { customGradient } from '../../tensor/custom-gradient.ts';
import { tf } from '../../tensor/tf.ts';

interface ValueAndSaved {
  readonly value: tf.Tensor;
  /** What the derivative needs. It lives until the gradients are done. */
  readonly saved: readonly tf.Tensor[];
}

/** `forward(x)`, with `backward(dy, ...saved)` as the gradient with respect to `x`. Intermediates are disposed. */
export function withDerivative(
  x: tf.Tensor,
  forward: (x: tf.Tensor) => ValueAndSaved,
  backward: (dy: tf.Tensor, ...saved: tf.Tensor[]) => tf.Tensor,
): tf.Tensor {
  return customGradient(
    [x],
    (save) => {
      const { value, saved } = forward(x);
      save(saved);
      return value;
    },
    (dy, saved) => [() => backward(dy, ...saved)],
  );
}

/** 1 where 0 < y < top, and 0 at both ends: JAX's derivative of what is clipped to 0 … top, from the clipped value. */
export function stepInside(y: tf.Tensor, top: number): tf.Tensor {
  return tf.step(tf.mul(y, tf.sub(top, y)));
}
