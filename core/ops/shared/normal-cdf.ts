import { tf } from '../../tensor/tf.ts';

// log(erfc(z) · exp(z²) / t) as a polynomial in t = 1 / (1 + z / 2): Press et al., Numerical Recipes, erfcc; off by 1.2e-7 of the value at most.
const COEFFICIENTS = [
  0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223,
];

/**
 * The share of a normal distribution that lies below x. (1 + erf(x / √2)) / 2 would have no digit left below -5, where almost all
 * of erf cancels; TensorFlow.js has no erfc. Not differentiable by itself. The surrounding tidy frees what is made.
 */
export function normalCdf(x: tf.Tensor): tf.Tensor {
  const z = tf.mul(tf.abs(x), Math.SQRT1_2);
  const t = tf.reciprocal(tf.add(tf.mul(z, 0.5), 1));
  const [first, ...rest] = COEFFICIENTS;
  const exponent = rest.reduce((sum: tf.Tensor, coefficient) => tf.add(tf.mul(sum, t), coefficient), tf.fill(t.shape, first!));
  const tail = tf.mul(tf.mul(t, 0.5), tf.exp(tf.sub(exponent, tf.square(z))));
  return tf.where(tf.greater(x, 0), tf.sub(1, tail), tail);
}
