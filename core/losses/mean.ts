/** @file The mean of all elements of the outputs, as jnp.mean: a loss before there are labels. */
import { defineLoss } from '../spec/loss.ts';
import { tf } from '../tensor/tf.ts';
import { sumOfOutputs } from './shared/sum-of-outputs.ts';

export const meanLoss = defineLoss({
  type: 'mean',
  title: 'Mean of the outputs',
  doc: 'The mean of all elements of all outputs; it needs no labels.',
  labels: 'none',
  params: {},
  compute(outputs) {
    const { total, count } = sumOfOutputs(outputs);
    return tf.div(total, count);
  },
  emit: {
    keras: {
      loss: (outputs) => {
        if (outputs.length === 1) return `ops.mean(${outputs[0]})`;
        const [sums, sizes] = [outputs.map((each) => `ops.sum(${each})`), outputs.map((each) => `ops.size(${each})`)];
        return `(${sums.join(' + ')}) / (${sizes.join(' + ')})`;
      },
    },
    pytorch: {
      loss: (outputs) => {
        if (outputs.length === 1) return `${outputs[0]}.mean()`;
        const [sums, sizes] = [outputs.map((each) => `${each}.sum()`), outputs.map((each) => `${each}.numel()`)];
        return `(${sums.join(' + ')}) / (${sizes.join(' + ')})`;
      },
    },
    flax: {
      loss(outputs, _, { use }) {
        use('import jax.numpy as jnp');
        if (outputs.length === 1) return `jnp.mean(${outputs[0]})`;
        const [sums, sizes] = [outputs.map((each) => `jnp.sum(${each})`), outputs.map((each) => `${each}.size`)];
        return `(${sums.join(' + ')}) / (${sizes.join(' + ')})`;
      },
    },
  },
});
