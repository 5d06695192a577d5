import { tf } from '../tensor/tf.ts';
import { stepInside, withDerivative } from './shared/derivative.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** min(max(x, 0), 6); the derivative at 0 and at 6 is 0. Port of nnx.relu6. */
export function relu6(x: tf.Tensor): tf.Tensor {
  return withDerivative(
    x,
    (x) => {
      const value = tf.relu6(x);
      return { value, saved: [value] };
    },
    (dy, y) => tf.mul(dy, stepInside(y!, 6)),
  );
}

export const relu6Op = defineElementwiseOp({
  type: 'relu6',
  doc: 'Clips numbers to the range from 0 to 6.',
  keywords: ['rectifier', 'mobile'],
  apply: relu6,
  flax: 'nnx.relu6',
});
