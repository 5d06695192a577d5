/** @file The sum of all elements of the outputs, as jnp.sum. */
import { defineLoss } from '../spec/loss.ts';
import { sumOfOutputs } from './shared/sum-of-outputs.ts';

export const sumLoss = defineLoss({
  type: 'sum',
  title: 'Sum of the outputs',
  doc: 'The sum of all elements of all outputs; it needs no labels.',
  labels: 'none',
  params: {},
  compute: (outputs) => sumOfOutputs(outputs).total,
  emit: {
    keras: { loss: (outputs) => outputs.map((each) => `ops.sum(${each})`).join(' + ') },
    pytorch: { loss: (outputs) => outputs.map((each) => `${each}.sum()`).join(' + ') },
    flax: {
      loss(outputs, _, { use }) {
        use('import jax.numpy as jnp');
        return outputs.map((each) => `jnp.sum(${each})`).join(' + ');
      },
    },
  },
});
