/**
 * @file The sum of all elements, each times a fixed weight between -3/4 and 3/4: a gradient that no symmetry cancels, where the mean behind a
 * normalization has none.
 */
import { defineLoss } from '../spec/loss.ts';
import { tf } from '../tensor/tf.ts';
import { firstOutput } from './shared/first-output.ts';

/** ((3i + 1) mod 7 - 3) / 4 for the i-th element: the loss weights of core/fixtures/plan.json, exact in float32. */
function weightsFor(output: tf.Tensor): tf.Tensor {
  return tf.tensor(
    Float32Array.from({ length: output.size }, (_, i) => (((3 * i + 1) % 7) - 3) / 4),
    output.shape,
  );
}

export const weightedSumLoss = defineLoss({
  type: 'weightedSum',
  title: 'Weighted sum of the outputs',
  doc: 'The sum of all elements, each times a fixed weight: gradients that no symmetry cancels; it needs no labels.',
  labels: 'none',
  params: {},
  compute(outputs) {
    firstOutput(outputs);
    const sums = outputs.map((each) => tf.sum(tf.mul(tf.cast(each, 'float32'), weightsFor(each))));
    return sums.reduce((a, b) => tf.add(a, b)) as tf.Scalar;
  },
  emit: {
    keras: {
      loss: (outputs) => {
        const weights = (name: string) => `ops.cast((3 * ops.arange(ops.size(${name})) + 1) % 7 - 3, 'float32') / 4`;
        return outputs.map((each) => `ops.sum(ops.reshape(${each}, (-1,)) * (${weights(each)}))`).join(' + ');
      },
    },
    pytorch: {
      loss: (outputs) => {
        const weights = (name: string) => `((3 * torch.arange(${name}.numel()) + 1) % 7 - 3) / 4`;
        return outputs.map((each) => `(${each}.reshape(-1) * (${weights(each)})).sum()`).join(' + ');
      },
    },
    flax: {
      loss(outputs, _, { use }) {
        use('import jax.numpy as jnp');
        const weights = (name: string) => `((3 * jnp.arange(${name}.size) + 1) % 7 - 3) / 4`;
        return outputs.map((each) => `jnp.sum(${each}.reshape(-1) * (${weights(each)}))`).join(' + ');
      },
    },
  },
});
