import { defineOp } from '../spec/define.ts';
import { port } from '../spec/ports.ts';
import { tf } from '../tensor/tf.ts';
import { requireSameShape } from './shared/loss.ts';
import { read, requireFloat } from './shared/ports.ts';
import { pythonCall } from './shared/python.ts';

/** The mean of (prediction - target)² over everything, a scalar. Port of optax.squared_error(…).mean(). */
export function meanSquaredError(predictions: tf.Tensor, targets: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.mean(tf.squaredDifference(predictions, targets)));
}

export const meanSquaredErrorOp = defineOp({
  type: 'meanSquaredError',
  family: 'loss',
  doc: 'The mean of the squared differences between prediction and target.',
  keywords: ['mse', 'l2', 'regression', 'squared error'],
  params: {},
  inputs: { predictions: port(), targets: port() },
  outputs: { y: port() },
  infer: (inputs) => {
    requireFloat(read(inputs, 'predictions'), 'predictions');
    requireSameShape(read(inputs, 'predictions'), read(inputs, 'targets'), 'targets');
    return { y: { shape: [], dtype: 'float32' } };
  },
  apply: (inputs) => meanSquaredError(read(inputs, 'predictions'), read(inputs, 'targets')),
  emit: {
    flax: (inputs, context) => {
      context.use('import optax');
      return `${pythonCall('optax.squared_error', ...Object.values(inputs))}.mean()`;
    },
  },
  examples: [{ inputs: { predictions: { shape: [4, 3] }, targets: { shape: [4, 3] } } }],
});
