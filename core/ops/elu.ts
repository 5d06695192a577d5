import { p } from '../spec/params.ts';
import { tf } from '../tensor/tf.ts';
import { withDerivative } from './shared/derivative.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';

/** x where x > 0, else alpha · (exp(x) - 1). Port of nnx.elu; Clevert et al. 2015, arXiv:1511.07289. */
export function elu(x: tf.Tensor, { alpha = 1 }: { readonly alpha?: number } = {}): tf.Tensor {
  if (alpha === 1) return tf.elu(x);
  return withDerivative(
    x,
    (x) => {
      const value = tf.where(tf.greater(x, 0), x, tf.mul(tf.expm1(x), alpha));
      return { value, saved: [x, value] };
    },
    (dy, x, y) => tf.where(tf.greater(x!, 0), dy, tf.mul(dy, tf.add(y!, alpha))),
  );
}

export const eluOp = defineElementwiseOp({
  type: 'elu',
  doc: 'Keeps positive numbers and bends negative ones towards -alpha.',
  keywords: ['exponential linear unit'],
  params: { alpha: p.float({ default: 1, step: 0.1, doc: 'How far below 0 the output can get.' }) },
  apply: elu,
  flax: 'nnx.elu',
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { alpha: 0.5 }, inputs: { x: { shape: [4] } } }],
});
