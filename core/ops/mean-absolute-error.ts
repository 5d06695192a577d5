import { onnxLoss } from './shared/onnx.ts';
import { defineOp } from '../spec/define.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { emitReduction, reducedShape, reduceLoss, reductionParam, requireSameShape, typescriptMeanLoss } from './shared/loss.ts';
import { read, requireFloat } from './shared/ports.ts';
import { operand, pythonCall, useModuleOf } from './shared/python.ts';
import { kerasOps, reducedLoss } from './shared/keras.ts';

/**
 * The mean of |prediction - target| over everything, a scalar, for two tensors of one shape. The caller disposes the result. Port of
 * jnp.abs(prediction - target).mean().
 */
export function meanAbsoluteError(predictions: tf.Tensor, targets: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.mean(tf.abs(tf.sub(predictions, targets))));
}

export const meanAbsoluteErrorOp = defineOp({
  type: 'meanAbsoluteError',
  family: 'loss',
  doc: 'The mean of the differences between prediction and target, without sign.',
  keywords: ['mae', 'l1', 'regression', 'absolute error'],
  params: { reduction: reductionParam },
  inputs: { predictions: port(), targets: port() },
  outputs: { y: port() },
  infer: (inputs, { reduction }) => {
    const predictions = read(inputs, 'predictions');
    requireFloat(predictions, 'predictions');
    requireSameShape(predictions, read(inputs, 'targets'), 'targets');
    return { y: { shape: reducedShape(predictions.shape, reduction), dtype: 'float32' } };
  },
  apply: (inputs, { reduction }) =>
    reduceLoss(() => tf.tidy(() => tf.abs(tf.sub(read(inputs, 'predictions'), read(inputs, 'targets')))), reduction),
  emit: {
    keras: (inputs, context) => reducedLoss(kerasOps(context, 'abs', Object.values(inputs).map(operand).join(' - ')), context),
    pytorch: {
      write: ({ predictions, targets }, { option }) => `F.l1_loss(${predictions}, ${targets}${option('reduction', 'reduction', 'mean')})`,
    },
    flax: (inputs, context) => {
      useModuleOf('jnp.abs', context);
      const difference = Object.values(inputs).map(operand).join(' - ');
      return pythonCall('jnp.abs', difference) + emitReduction(context);
    },
    typescript: typescriptMeanLoss('meanAbsoluteError', 'abs'),
  },
  onnx: ({ predictions, targets }, context) => {
    const { node, cast } = context;
    return onnxLoss(node('Abs', [node('Sub', [predictions!.name, cast(targets!, 'float32')])]), context);
  },
  examples: [
    { inputs: { predictions: { shape: [4, 3] }, targets: { shape: [4, 3] } } },
    { args: { reduction: 'none' }, inputs: { predictions: { shape: [3] }, targets: { shape: [3] } } },
  ],
});
