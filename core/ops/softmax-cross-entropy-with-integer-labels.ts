import { defineOp } from '../spec/define.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { reject } from '../spec/reject.ts';
import { formatShape, sameShape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { oneHot } from './one-hot.ts';
import { resolveAxis } from './shared/axes.ts';
import { withDerivative } from './shared/derivative.ts';
import { emitLoss, reducedShape, reduceLoss, reductionParam } from './shared/loss.ts';
import { read, requireFloat, requireType } from './shared/ports.ts';

/**
 * -log(softmax(logits)[label]) along `axis`, one loss per example: logits [..., classes] and labels [...] of int32 give [...] of float32.
 * A negative label counts from the last class, as in Python; one that names no class gives NaN. The caller disposes the result.
 * Port of optax.softmax_cross_entropy_with_integer_labels.
 */
export function softmaxCrossEntropyWithIntegerLabels(
  logits: tf.Tensor,
  labels: tf.Tensor,
  { axis = -1 }: { readonly axis?: number } = {},
): tf.Tensor {
  const at = resolveAxis(axis, logits.shape);
  if (at === logits.rank - 1) return alongClasses(logits, labels);
  return tf.tidy(() => alongClasses(lastAxis(logits, at), labels));
}

/** The axis moved behind all others, which keep their order. */
function lastAxis(x: tf.Tensor, axis: number): tf.Tensor {
  const order = x.shape.map((_, i) => i).toSpliced(axis, 1);
  return tf.transpose(x, [...order, axis]);
}

function alongClasses(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  const numClasses = logits.shape.at(-1)!;
  return withDerivative(
    logits,
    (logits) => {
      const largest = tf.max(logits, -1, true);
      // An infinite shift would make NaN of Infinity - Infinity.
      const shifted = tf.sub(logits, tf.where(tf.isFinite(largest), largest, tf.zerosLike(largest)));
      const scores = tf.exp(shifted);
      const total = tf.sum(scores, -1, true);
      const fromStart = tf.where(tf.less(labels, 0), tf.add(labels, tf.scalar(numClasses, 'int32')), labels);
      const chosen = oneHot(fromStart, numClasses);
      // Chosen, not multiplied: 0 · Infinity would be NaN. Without a class the quotient is 0 / 0.
      const score = tf.sum(tf.where(tf.cast(chosen, 'bool'), shifted, tf.zerosLike(shifted)), -1);
      const picked = tf.div(score, tf.sum(chosen, -1));
      return { value: tf.sub(tf.log(tf.reshape(total, picked.shape)), picked), saved: [scores, total, chosen] };
    },
    (dy, scores, total, chosen) => tf.mul(tf.expandDims(dy, -1), tf.sub(tf.div(scores!, total!), chosen!)),
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
