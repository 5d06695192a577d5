import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { reject } from '../spec/reject.ts';
import { formatShape, sameShape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { withDerivative } from './shared/derivative.ts';
import { alongLastAxis } from './shared/last-axis.ts';
import { emitLoss, reducedShape, reduceLoss, reductionParam } from './shared/loss.ts';
import { read, requireFloat, requireType } from './shared/ports.ts';

/** Far below every logit, and finite, since shaders have no infinite literals. */
const NO_CLASS = -1e30;

/**
 * -log(softmax(logits)[label]) along `axis`, one loss per example. Port of optax.softmax_cross_entropy_with_integer_labels;
 * a label that names no class gives 1e30 (NaN there), so that it is seen.
 */
export function softmaxCrossEntropyWithIntegerLabels(
  logits: tf.Tensor,
  labels: tf.Tensor,
  { axis = -1 }: { readonly axis?: number } = {},
): tf.Tensor {
  const at = resolveAxis(axis, logits.shape);
  if (at === logits.rank - 1) return alongClasses(logits, labels);
  return tf.tidy(() =>
    tf.squeeze(
      alongLastAxis(logits, at, (last) => tf.expandDims(alongClasses(last, labels), -1)),
      [at],
    ),
  );
}

function alongClasses(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  const numClasses = logits.shape.at(-1)!;
  return withDerivative(
    logits,
    (logits) => {
      const shifted = tf.sub(logits, tf.max(logits, -1, true));
      const scores = tf.exp(shifted);
      const total = tf.sum(scores, -1, true);
      const others = tf.oneHot(labels, numClasses, 0, NO_CLASS, 'float32');
      const picked = tf.max(tf.add(shifted, others), -1);
      return { value: tf.sub(tf.log(tf.reshape(total, picked.shape)), picked), saved: [scores, total, others] };
    },
    (dy, scores, total, others) => tf.mul(tf.expandDims(dy, -1), tf.sub(tf.div(scores!, total!), tf.exp(others!))),
  );
}

export const softmaxCrossEntropyWithIntegerLabelsOp = defineOp({
  type: 'softmaxCrossEntropyWithIntegerLabels',
  family: 'loss',
  doc: 'How far the softmax of the logits is from the right class, given as an integer.',
  keywords: ['sparse categorical cross-entropy', 'negative log-likelihood', 'nll', 'classification'],
  params: {
    axis: p.int({ default: -1, doc: 'The axis of the classes in the logits.' }),
    reduction: reductionParam,
  },
  inputs: {
    logits: port({ minRank: 1, doc: 'Scores before the softmax.' }),
    labels: port({ dtype: 'int32', doc: 'The right class of each example, from 0.' }),
  },
  outputs: { y: port() },
  infer: (inputs, { axis, reduction }) => {
    const logits = read(inputs, 'logits');
    const labels = read(inputs, 'labels');
    requireFloat(logits, 'logits');
    requireType(labels, ['int32'], 'labels');
    const expected = logits.shape.toSpliced(resolveAxis(axis, logits.shape), 1);
    if (!sameShape(labels.shape, expected))
      reject({
        code: 'shape/labels',
        port: 'labels',
        expected: `one integer per example, ${formatShape(expected)}`,
        got: formatShape(labels.shape),
        fix: 'Take class indices, not one-hot vectors; for those use softmaxCrossEntropy.',
      });
    return { y: { shape: reducedShape(expected, reduction), dtype: 'float32' } };
  },
  apply: (inputs, { axis, reduction }) =>
    reduceLoss(() => softmaxCrossEntropyWithIntegerLabels(read(inputs, 'logits'), read(inputs, 'labels'), { axis }), reduction),
  emit: { flax: emitLoss('optax.softmax_cross_entropy_with_integer_labels') },
  examples: [
    { inputs: { logits: { shape: [3, 4] }, labels: { shape: [3], dtype: 'int32', below: 4 } } },
    { args: { axis: 1, reduction: 'none' }, inputs: { logits: { shape: [2, 3, 2] }, labels: { shape: [2, 2], dtype: 'int32', below: 3 } } },
  ],
});
