/**
 * @file The loss of a variational autoencoder (arXiv:1312.6114): how far the first output is from the first input, and how far the distribution
 * of the code, whose mean and log of the variance are the second and third output, is from the standard normal.
 */
import { defineLoss } from '../spec/loss.ts';
import { p } from '../spec/params.ts';
import type { Rejection } from '../spec/reject.ts';
import { fail } from '../spec/run-error.ts';
import { formatShape, sameShape, type TensorSpec } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { checkReconstruction, differenceFromInput } from './shared/reconstruction.ts';

const THREE = 'a reconstruction, and mean and log of the variance of the code';

export const negativeEvidenceLowerBoundLoss = defineLoss({
  type: 'negativeEvidenceLowerBound',
  title: 'Reconstruction and divergence (VAE)',
  doc: 'For each row the squared difference between first output and first input, summed, plus the divergence of N(mean, exp(logVariance)), the other two outputs, from N(0, 1); averaged over the rows.',
  labels: 'input',
  params: { beta: p.float({ min: 0, step: 0.1, default: 1, doc: 'Weight of the divergence.' }) },
  checkOutputs: (outputs, inputs) => checkReconstruction(outputs, inputs) ?? checkCode(outputs),
  compute(outputs, _, { beta }, inputs) {
    const difference = differenceFromInput(outputs, inputs);
    const [, mean, logVariance] = outputs;
    if (!mean || !logVariance)
      return fail('loss/outputs', `Expected three outputs, ${THREE}, got ${outputs.length}.`, 'Add outputs, or choose another loss.');
    const divergence = tf.sum(tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(logVariance, 1)));
    const total = tf.add(tf.sum(tf.square(difference)), tf.mul(divergence, beta / 2));
    return tf.div(total, difference.shape[0] ?? 1) as tf.Scalar;
  },
  emit: {
    keras: {
      loss([output, mean, logVariance], _, { args, inputs, literal }) {
        const divergence = `ops.sum(ops.square(${mean}) + ops.exp(${logVariance}) - 1 - ${logVariance})`;
        return `(ops.sum(ops.square(${output} - ${inputs}[0])) + ${literal((args['beta'] as number) / 2)} * ${divergence}) / ops.shape(${inputs}[0])[0]`;
      },
    },
    pytorch: {
      loss([output, mean, logVariance], _, { args, inputs, literal }) {
        const divergence = `(${mean}.square() + ${logVariance}.exp() - 1 - ${logVariance}).sum()`;
        return `((${output} - ${inputs}[0]).square().sum() + ${literal((args['beta'] as number) / 2)} * ${divergence}) / len(${inputs}[0])`;
      },
    },
    flax: {
      loss([output, mean, logVariance], _, { args, inputs, literal, use }) {
        use('import jax.numpy as jnp');
        const divergence = `jnp.sum(jnp.square(${mean}) + jnp.exp(${logVariance}) - 1 - ${logVariance})`;
        return `(jnp.sum(jnp.square(${output} - ${inputs}[0])) + ${literal((args['beta'] as number) / 2)} * ${divergence}) / len(${inputs}[0])`;
      },
    },
  },
});

type Known = readonly (TensorSpec | undefined)[];

function checkCode(outputs: Known): (Rejection & { readonly at: number }) | undefined {
  const [, mean, logVariance] = outputs;
  if (outputs.length < 3)
    return {
      code: 'loss/outputs',
      at: outputs.length - 1,
      expected: `three outputs, ${THREE}`,
      got: `${outputs.length}`,
      fix: 'Add outputs, or choose another loss.',
    };
  if (!mean || !logVariance || sameShape(mean.shape, logVariance.shape)) return undefined;
  const words = { expected: `the shape of the mean, ${formatShape(mean.shape)}`, got: formatShape(logVariance.shape) };
  return { code: 'loss/shape', at: 2, ...words, fix: 'Give both the same number of features.' };
}
