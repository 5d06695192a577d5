import { onnxVariance } from './shared/onnx.ts';
import { tf } from '../tensor/tf.ts';
import { asTorchFloat, defineReductionOp, torchReduction } from './shared/reduction.ts';
import { variance, type VarianceOptions, varianceParams } from './variance.ts';
import { kerasSpread } from './shared/keras.ts';

/**
 * The standard deviation over the axes, the root of `variance`; where it is 0 the gradient is NaN, as in JAX. The caller disposes the
 * result. Port of jnp.std.
 * @throws RejectionError for axes that x does not have.
 */
export function std(x: tf.Tensor, options: VarianceOptions = {}): tf.Tensor {
  return tf.tidy(() => tf.sqrt(variance(x, options)));
}

export const stdOp = defineReductionOp({
  type: 'std',
  doc: 'The standard deviation over axes.',
  keywords: ['standard deviation', 'spread'],
  params: varianceParams,
  apply: std,
  keras: (inputs, context) => kerasSpread('std', inputs, context),
  flax: 'jnp.std',
  pytorch: torchReduction('std', ({ source }) => `correction=${source('ddof')}`, asTorchFloat),
  dtype: () => 'float32',
  onnx: ({ x }, context) => context.node('Sqrt', [onnxVariance(x!, context)]),
  examples: [{ args: { axis: -1, ddof: 1 }, inputs: { x: { shape: [2, 3] } } }],
});
