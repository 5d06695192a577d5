import { p } from '../spec/params.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxes } from './shared/axes.ts';
import { withDerivative } from './shared/derivative.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

interface Standardize {
  /** One axis, several, or `null` for all. */
  readonly axis?: number | readonly number[] | null;
  readonly epsilon?: number;
}

/** (x - mean) / sqrt(variance + epsilon) over the axes, with the variance as mean(x²) - mean(x)². Port of nnx.standardize. */
export function standardize(x: tf.Tensor, { axis = -1, epsilon = 1e-5 }: Standardize = {}): tf.Tensor {
  const axes = resolveAxes(axis, x.shape);
  return withDerivative(
    x,
    (x) => {
      const mean = tf.mean(x, axes, true);
      // Cancellation can leave a little less than 0; relu is Flax's clip.
      const variance = tf.relu(tf.sub(tf.mean(tf.square(x), axes, true), tf.square(mean)));
      const scale = tf.rsqrt(tf.add(variance, epsilon));
      const value = tf.mul(tf.sub(x, mean), scale);
      return { value, saved: [value, scale] };
    },
    (dy, y, scale) => {
      const centred = tf.sub(dy, tf.mean(dy, axes, true));
      return tf.mul(scale!, tf.sub(centred, tf.mul(y!, tf.mean(tf.mul(dy, y!), axes, true))));
    },
  );
}

export const standardizeOp = defineElementwiseOp({
  type: 'standardize',
  doc: 'Shifts and scales numbers to mean 0 and variance 1 along axes, without learning anything.',
  keywords: ['z-score', 'normalize', 'whiten'],
  params: {
    axis: p.ints.nullable({ default: -1, doc: 'The axes over which mean and variance are taken; none means all.' }),
    epsilon: p.float({ default: 1e-5, min: 0, doc: 'Added to the variance, so that nothing is divided by 0.' }),
  },
  apply: standardize,
  check: (x, { axis }) => void resolveAxes(axis, x.shape),
  flax: 'nnx.standardize',
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { axis: [0, 1], epsilon: 0.01 }, inputs: { x: { shape: [2, 3, 2] } } }],
});
