/** @file Softmax cross-entropy with integer labels, as optax.softmax_cross_entropy_with_integer_labels, averaged over the rows. */
import { softmaxCrossEntropyWithIntegerLabels } from '../ops/softmax-cross-entropy-with-integer-labels.ts';
import { insert } from '../spec/mend.ts';
import { defineLoss } from '../spec/loss.ts';
import { fail } from '../spec/run-error.ts';
import { formatShape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { firstOutput, needLabels } from './shared/first-output.ts';

export const crossEntropyLoss = defineLoss({
  type: 'crossEntropy',
  title: 'Cross-entropy of classes',
  doc: 'Mean over the rows of softmax cross-entropy with the class of each; the first output holds one score per class.',
  labels: 'classes',
  params: {},
  checkOutputs: ([output]) =>
    output === undefined || output.shape.length === 2
      ? undefined
      : {
          code: 'loss/shape',
          expected: 'one row of class scores for each example, (batch, classes)',
          got: formatShape(output.shape),
          fix: 'Change the last layers, or the loss.',
          mends: output.shape.length > 2 ? [insert('in', 'flatten')] : [],
        },
  checkLabels(labels, outputShape) {
    if (!labels.areIntegers || labels.min < 0)
      fail(
        'loss/labels-not-classes',
        'Expected words or the integers 0, 1, 2 … as labels for cross-entropy, got other numbers.',
        'Choose the loss "meanSquaredError", or another label.',
      );
    const classes = outputShape[1] ?? 0;
    if (outputShape.length === 2 && labels.max >= classes)
      fail(
        'loss/too-few-classes',
        `Expected at least ${labels.max + 1} logits for labels up to ${labels.max}, got ${classes}.`,
        `Set outFeatures of the last layer to ${labels.max + 1}.`,
      );
  },
  compute(outputs, given) {
    const output = firstOutput(outputs);
    const labels = needLabels(given);
    if (output.rank !== 2 || output.shape[0] !== labels.size)
      fail(
        'loss/logits-shape',
        `Expected logits of shape (${labels.size}, classes) for cross-entropy, got ${formatShape(output.shape)}.`,
        'End the model with a Linear layer that has one feature per class.',
      );
    return tf.mean(softmaxCrossEntropyWithIntegerLabels(output, labels));
  },
  emit: {
    keras: {
      loss: ([logits], labels) => `ops.mean(ops.sparse_categorical_crossentropy(${labels}, ${logits}, from_logits=True))`,
      correct: (logits, labels) => `ops.sum(ops.argmax(${logits}, axis=1) == ${labels})`,
    },
    pytorch: {
      loss: ([logits], labels) => `F.cross_entropy(${logits}, ${labels}.long())`,
      correct: (logits, labels) => `(${logits}.argmax(dim=1) == ${labels}).sum()`,
    },
    flax: {
      loss([logits], labels, { use }) {
        use('import optax');
        return `optax.softmax_cross_entropy_with_integer_labels(${logits}, ${labels}).mean()`;
      },
      correct(logits, labels, { use }) {
        use('import jax.numpy as jnp');
        return `jnp.sum(jnp.argmax(${logits}, axis=1) == ${labels})`;
      },
    },
  },
  countCorrect: (logits, labels) =>
    tf.tidy(() => {
      const isRight = tf.equal(tf.argMax(logits, 1), labels);
      // The greatest of scores with a NaN among them is none.
      const isNumber = tf.logicalNot(tf.any(tf.isNaN(logits), 1));
      return tf.sum(tf.cast(tf.logicalAnd(isRight, isNumber), 'int32'));
    }),
});
