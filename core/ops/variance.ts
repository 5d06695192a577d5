import { tf } from '../tensor/tf.ts';
import { withDerivative } from './shared/derivative.ts';
import { axesOf, defineReductionOp, type ReductionOptions } from './shared/reduction.ts';

/** The mean squared distance from the mean, over the axes. Port of jnp.var. */
export function variance(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  const axes = axesOf(x, options);
  return withDerivative(
    x,
    (x) => {
      const centred = tf.sub(x, tf.mean(x, axes, true));
      return { value: tf.mean(tf.square(centred), axes, options.keepdims), saved: [centred] };
    },
    (dy, centred) => {
      const kept = centred!.shape.map((size, i) => (axes.includes(i) ? 1 : size));
      return tf.mul(centred!, tf.mul(tf.reshape(dy, kept), (2 * dy.size) / centred!.size));
    },
  );
}

export const varianceOp = defineReductionOp({
  type: 'variance',
  doc: 'The variance over axes.',
  keywords: ['var', 'spread'],
  apply: variance,
  flax: 'jnp.var',
  dtype: () => 'float32',
});
