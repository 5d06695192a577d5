/** @file The mean squared difference from one number per row, as jnp.mean((y - label)²). */
import { defineLoss } from '../spec/loss.ts';
import { fail } from '../spec/run-error.ts';
import { formatShape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { firstOutput, needLabels } from './shared/first-output.ts';

export const meanSquaredErrorLoss = defineLoss({
  type: 'meanSquaredError',
  title: 'Mean squared error',
  doc: 'Mean over the rows of the squared difference between the first output and the number to predict.',
  labels: 'numbers',
  params: {},
  checkLabels({ areWords }) {
    if (areWords)
      fail(
        'loss/words',
        'Expected numbers to predict for the squared error, got words.',
        'Choose the loss "crossEntropy", or another label.',
      );
  },
  compute(outputs, given) {
    const output = firstOutput(outputs);
    const labels = needLabels(given);
    if (output.size !== labels.size)
      fail(
        'loss/target-shape',
        `Expected one number per row, (${labels.size}, 1), for the squared error, got ${formatShape(output.shape)}.`,
        'End the model with a Linear layer of one feature.',
      );
    return tf.mean(tf.square(tf.sub(output, tf.reshape(tf.cast(labels, 'float32'), output.shape))));
  },
  emit: {
    keras: { loss: ([output], labels) => `ops.mean(ops.square(ops.subtract(ops.reshape(${output}, (-1,)), ${labels})))` },
    pytorch: { loss: ([output], labels) => `(${output} - ${labels}.reshape(${output}.shape)).square().mean()` },
    flax: {
      loss([output], labels, { use }) {
        use('import jax.numpy as jnp');
        return `jnp.mean(jnp.square(${output} - ${labels}.reshape(${output}.shape)))`;
      },
    },
  },
});
