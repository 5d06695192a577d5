import { onnxLoss } from './shared/onnx.ts';
import { defineOp } from '../spec/define.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { emitLoss, reducedShape, reduceLoss, reductionParam, requireSameShape, typescriptMeanLoss } from './shared/loss.ts';
import { read, requireFloat } from './shared/ports.ts';
import { kerasOps, reducedLoss } from './shared/keras.ts';
import { operand } from './shared/python.ts';

/**
 * The mean of (prediction - target)² over everything, a scalar, for two tensors of one shape. The caller disposes the result. Port of
 * optax.squared_error(…).mean().
 */
export function meanSquaredError(predictions: tf.Tensor, targets: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.mean(tf.squaredDifference(predictions, targets)));
}

export const meanSquaredErrorOp = defineOp({
  type: 'meanSquaredError',
  family: 'loss',
  doc: 'The mean of the squared differences between prediction and target.',
  keywords: ['mse', 'l2', 'regression', 'squared error'],
  params: { reduction: reductionParam },
  inputs: { predictions: port(), targets: port() },
  outputs: { y: port() },
  infer: (inputs, { reduction }) => {
    const predictions = read(inputs, 'predictions');
    requireFloat(predictions, 'predictions');
    requireSameShape(predictions, read(inputs, 'targets'), 'targets');
    return { y: { shape: reducedShape(predictions.shape, reduction), dtype: 'float32' } };
  },
  apply: (inputs, { reduction }) => reduceLoss(() => tf.squaredDifference(read(inputs, 'predictions'), read(inputs, 'targets')), reduction),
  emit: {
    keras: (inputs, context) => reducedLoss(kerasOps(context, 'square', Object.values(inputs).map(operand).join(' - ')), context),
    pytorch: {
      write: ({ predictions, targets }, { option }) => `F.mse_loss(${predictions}, ${targets}${option('reduction', 'reduction', 'mean')})`,
    },
    flax: emitLoss('optax.squared_error'),
    typescript: typescriptMeanLoss('meanSquaredError', 'square'),
  },
  onnx: ({ predictions, targets }, context) => {
    const { node, cast } = context;
    const error = node('Sub', [predictions!.name, cast(targets!, 'float32')]);
    return onnxLoss(node('Mul', [error, error]), context);
  },
  examples: [
    { inputs: { predictions: { shape: [4, 3] }, targets: { shape: [4, 3] } } },
    { args: { reduction: 'none' }, inputs: { predictions: { shape: [3] }, targets: { shape: [3] } } },
  ],
});
