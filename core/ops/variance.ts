import { onnxVariance } from './shared/onnx.ts';
import { p } from '../spec/params.ts';
import { tf } from '../tensor/tf.ts';
import { withDerivative } from './shared/derivative.ts';
import { asTorchFloat, axesOf, defineReductionOp, torchReduction, type ReductionOptions } from './shared/reduction.ts';
import { kerasSpread } from './shared/keras.ts';

export interface VarianceOptions extends ReductionOptions {
  /** Divides by the count of numbers less this: 1 where the mean itself is an estimate. */
  readonly ddof?: number;
}

/** What variance and standard deviation have besides axes. */
export const varianceParams = {
  ddof: p.int({
    default: 0,
    min: 0,
    advanced: true,
    doc: 'Taken off the count that is divided by: 1 where the mean itself is an estimate.',
  }),
};

/**
 * The mean squared distance from the mean, over the axes, all unless given: [...] to [...] without them, or with length 1 by `keepdims`. NaN
 * where no more numbers than `ddof` meet. The caller disposes the result. Port of jnp.var.
 * @throws RejectionError for axes that x does not have.
 */
export function variance(x: tf.Tensor, { ddof = 0, ...options }: VarianceOptions = {}): tf.Tensor {
  const axes = axesOf(x, options);
  const count = axes.reduce((n, axis) => n * x.shape[axis]!, 1);
  const weight = count > ddof ? 1 / (count - ddof) : NaN;
  return withDerivative(
    x,
    (x) => {
      const centred = tf.sub(x, tf.mean(x, axes, true));
      const value = tf.mean(tf.square(centred), axes, options.keepdims);
      return { value: ddof === 0 ? value : tf.mul(value, count * weight), saved: [centred] };
    },
    (dy, centred) => {
      const kept = centred!.shape.map((size, i) => (axes.includes(i) ? 1 : size));
      return tf.mul(centred!, tf.mul(tf.reshape(dy, kept), 2 * weight));
    },
  );
}

export const varianceOp = defineReductionOp({
  type: 'variance',
  doc: 'The variance over axes.',
  keywords: ['var', 'spread'],
  params: varianceParams,
  apply: variance,
  keras: (inputs, context) => kerasSpread('var', inputs, context),
  flax: 'jnp.var',
  pytorch: torchReduction('var', ({ source }) => `correction=${source('ddof')}`, asTorchFloat),
  dtype: () => 'float32',
  onnx: ({ x }, context) => onnxVariance(x!, context),
  examples: [{ args: { axis: 0, ddof: 1 }, inputs: { x: { shape: [3, 2] } } }],
});
