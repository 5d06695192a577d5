import { tf } from '../tensor/tf.ts';
import { withDerivative } from './shared/derivative.ts';
import { axesOf, defineReductionOp, type ReductionOptions } from './shared/reduction.ts';

/** The product over the axes. Port of jnp.prod. */
export function prod(x: tf.Tensor, options: ReductionOptions = {}): tf.Tensor {
  const axes = axesOf(x, options);
  return withDerivative(
    x,
    (x) => ({ value: tf.prod(x, axes, options.keepdims), saved: [x] }),
    (dy, x) => productGradient(dy, x!, axes),
  );
}

/** Of each number it is the product of all others: of those before it and of those behind it, so that zeros do no harm. */
function productGradient(dy: tf.Tensor, x: tf.Tensor, axes: readonly number[]): tf.Tensor {
  const order = [...x.shape.keys()].sort((a, b) => Number(axes.includes(a)) - Number(axes.includes(b)) || a - b);
  const ordered = tf.transpose(x, order);
  const rows = tf.reshape(ordered, [dy.size, -1]);
  const others = tf.mul(tf.cumprod(rows, 1, true), tf.cumprod(rows, 1, true, true));
  const gradient = tf.reshape(tf.mul(others, tf.reshape(dy, [-1, 1])), ordered.shape);
  return tf.transpose(
    gradient,
    [...order.keys()].map((axis) => order.indexOf(axis)),
  );
}

export const prodOp = defineReductionOp({
  type: 'prod',
  doc: 'The product over axes.',
  keywords: ['product', 'multiply'],
  apply: prod,
  flax: 'jnp.prod',
  dtypes: ['float32', 'int32'],
});
