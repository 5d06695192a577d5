import { onnxNode } from './shared/onnx.ts';
import { p } from '../spec/params.ts';
import { tf } from '../tensor/tf.ts';
import { withDerivative } from './shared/derivative.ts';
import { defineElementwiseOp } from './shared/elementwise.ts';
import { normalCdf } from './shared/normal-cdf.ts';
import { torchCall } from './shared/pytorch.ts';
import { emitKeras } from './shared/keras.ts';

const SLOPE = Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

/**
 * x · Φ(x), where Φ is the normal distribution: by tanh, or exactly by erfc, at more cost. The caller disposes the result. Below -3 the form by
 * tanh has few digits, as in JAX, because 1 + tanh cancels; the exact one keeps them. Port of nnx.gelu; arXiv:1606.08415.
 */
export function gelu(x: tf.Tensor, { approximate = true }: { readonly approximate?: boolean } = {}): tf.Tensor {
  return approximate ? geluByTanh(x) : geluByErf(x);
}

// The derivatives are written out so that the tape holds x and Φ alone, and not every number between them.
function geluByTanh(x: tf.Tensor): tf.Tensor {
  return withDerivative(
    x,
    (x) => {
      const inner = tf.mul(x, tf.add(tf.mul(tf.square(x), SLOPE * CUBIC), SLOPE));
      const cdf = tf.add(tf.mul(tf.tanh(inner), 0.5), 0.5);
      return { value: tf.mul(x, cdf), saved: [x, cdf] };
    },
    (dy, x, cdf) => {
      // With c = (1 + tanh(u)) / 2 the derivative of c by u is 2c(1 - c).
      const innerSlope = tf.add(tf.mul(tf.square(x!), 6 * SLOPE * CUBIC), 2 * SLOPE);
      const density = tf.mul(tf.mul(cdf!, tf.sub(1, cdf!)), innerSlope);
      return tf.mul(dy, tf.add(cdf!, tf.mul(x!, density)));
    },
  );
}

function geluByErf(x: tf.Tensor): tf.Tensor {
  return withDerivative(
    x,
    (x) => {
      const cdf = normalCdf(x);
      return { value: tf.mul(x, cdf), saved: [x, cdf] };
    },
    (dy, x, cdf) => {
      const density = tf.mul(tf.exp(tf.mul(tf.square(x!), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return tf.mul(dy, tf.add(cdf!, tf.mul(x!, density)));
    },
  );
}

export const geluOp = defineElementwiseOp({
  type: 'gelu',
  doc: 'Weighs each number by the share of a normal distribution that lies below it.',
  keywords: ['gaussian error linear unit', 'transformer'],
  params: { approximate: p.bool({ default: true, doc: 'Use the formula with tanh; otherwise the exact one with erf.' }) },
  apply: gelu,
  keras: emitKeras('gelu', { approximate: 'approximate' }),
  flax: 'nnx.gelu',
  pytorch: torchCall('F.gelu', ({ args }) => (args['approximate'] === true ? ", approximate='tanh'" : '')),
  onnx: onnxNode('Gelu', ({ approximate }) => ({ approximate: approximate === true ? 'tanh' : 'none' })),
  examples: [{ inputs: { x: { shape: [2, 3] } } }, { args: { approximate: false }, inputs: { x: { shape: [4] } } }],
});
