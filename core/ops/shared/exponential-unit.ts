/** @file What elu, celu and selu share. */
import { tf } from '../../tensor/tf.ts';
import { withDerivative } from './derivative.ts';

interface Shape {
  readonly scale?: number;
  readonly alpha?: number;
  readonly width?: number;
}

/**
 * scale · x where x > 0, else scale · alpha · (exp(x / width) - 1). By expm1, so that small negative numbers keep their digits, which
 * TensorFlow.js's own elu and selu lose.
 */
export function exponentialUnit(x: tf.Tensor, { scale = 1, alpha = 1, width = 1 }: Shape): tf.Tensor {
  return withDerivative(
    x,
    (x) => {
      const bent = tf.mul(tf.expm1(width === 1 ? x : tf.div(x, width)), scale * alpha);
      const value = tf.where(tf.greater(x, 0), scale === 1 ? x : tf.mul(x, scale), bent);
      return { value, saved: [x, value] };
    },
    (dy, x, y) => {
      const slope = tf.add(width === 1 ? y! : tf.div(y!, width), (scale * alpha) / width);
      return tf.where(tf.greater(x!, 0), scale === 1 ? dy : tf.mul(dy, scale), tf.mul(dy, slope));
    },
  );
}
