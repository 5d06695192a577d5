/** @file Softmax and its logarithm over one or several axes, with entries left out. */
import { tf } from '../../tensor/tf.ts';
import { resolveAxes } from './axes.ts';
import { onFloat } from './on-float.ts';

export interface SoftmaxOptions {
  /** One axis, several, or `null` for all of them. */
  readonly axis?: number | readonly number[] | null;
  /** Broadcastable to x: false, or 0, leaves an entry out. */
  readonly where?: tf.Tensor | null;
}

/**
 * `along(x, axis)` over all the axes at once. An entry that is left out counts as -Infinity and gives `leftOut`, and no gradient. The
 * caller disposes the result.
 * @throws RejectionError for axes that x does not have.
 */
export function overAxes(
  x: tf.Tensor,
  { axis = -1, where }: SoftmaxOptions,
  along: (x: tf.Tensor, axis: number) => tf.Tensor,
  leftOut: number,
): tf.Tensor {
  const axes = resolveAxes(axis, x.shape);
  return onFloat(x, (x) => {
    if (!where) return merged(x, axes, along);
    return tf.tidy(() => {
      const kept = tf.cast(where, 'bool');
      return tf.where(kept, merged(tf.where(kept, x, tf.scalar(-Infinity)), axes, along), tf.scalar(leftOut));
    });
  });
}

/** Several axes become one, the last, for the time of the call. */
function merged(x: tf.Tensor, axes: readonly number[], along: (x: tf.Tensor, axis: number) => tf.Tensor): tf.Tensor {
  if (axes.length === 1) return along(x, axes[0]!);
  const order = [...x.shape.keys()].filter((axis) => !axes.includes(axis)).concat(axes);
  const back = order.map((_, axis) => order.indexOf(axis));
  return tf.tidy(() => {
    const moved = tf.transpose(x, order);
    const rows = tf.reshape(moved, [...moved.shape.slice(0, x.rank - axes.length), axes.reduce((size, axis) => size * x.shape[axis]!, 1)]);
    return tf.transpose(tf.reshape(along(rows, rows.rank - 1), moved.shape), back);
  });
}
