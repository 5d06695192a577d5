/** @file How far the first output is from the first input: the mean squared difference, as jnp.mean((y - x)²). For autoencoders. */
import { defineLoss } from '../spec/loss.ts';
import { tf } from '../tensor/tf.ts';
import { checkReconstruction, differenceFromInput } from './shared/reconstruction.ts';

export const reconstructionLoss = defineLoss({
  type: 'reconstruction',
  title: 'Reconstruction of the input',
  doc: 'Mean squared difference between the first output and the first input, for autoencoders; it needs no labels.',
  labels: 'input',
  params: {},
  checkOutputs: checkReconstruction,
  compute: (outputs, _, __, inputs) => tf.mean(tf.square(differenceFromInput(outputs, inputs))),
  emit: {
    keras: { loss: ([output], _, { inputs }) => `ops.mean(ops.square(${output} - ${inputs}[0]))` },
    pytorch: { loss: ([output], _, { inputs }) => `F.mse_loss(${output}, ${inputs}[0])` },
    flax: {
      loss([output], _, { inputs, use }) {
        use('import jax.numpy as jnp');
        return `jnp.mean(jnp.square(${output} - ${inputs}[0]))`;
      },
    },
  },
});
