/** @file The losses of a document, as differentiable functions of a model's outputs. */
import type { Loss } from '../document/schema.ts';
import { softmaxCrossEntropyWithIntegerLabels } from '../ops/softmax-cross-entropy-with-integer-labels.ts';
import { formatShape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { fail } from './problem.ts';

/** What is known of the labels of a whole data set before any step. */
export interface LabelInfo {
  readonly areWords: boolean;
  readonly areIntegers: boolean;
  readonly min: number;
  readonly max: number;
}

function first(outputs: readonly tf.Tensor[]): tf.Tensor {
  return outputs[0] ?? fail('loss/no-output', 'Expected a model with an output, got none.', 'Wire a value to an output.');
}

/** ((3i + 1) mod 7 - 3) / 4 for the i-th element: the loss weights of core/fixtures/plan.json, exact in float32. */
function weightsFor(output: tf.Tensor): tf.Tensor {
  return tf.tensor(
    Float32Array.from({ length: output.size }, (_, i) => (((3 * i + 1) % 7) - 3) / 4),
    output.shape,
  );
}

/**
 * A new scalar; what is made on the way is freed by the surrounding tidy or gradient. Losses with labels take the first output as
 * the prediction, (batch, classes) logits for cross-entropy; the others take all elements of all outputs.
 * @throws RunError with code `loss/…` where outputs and labels do not fit.
 */
export function computeLoss(loss: Loss, outputs: readonly tf.Tensor[], labels: tf.Tensor | null): tf.Scalar {
  const output = first(outputs);
  if (loss.kind === 'weightedSum') {
    const sums = outputs.map((each) => tf.sum(tf.mul(tf.cast(each, 'float32'), weightsFor(each))));
    return sums.reduce((a, b) => tf.add(a, b)) as tf.Scalar;
  }
  if (loss.kind === 'mean' || loss.kind === 'sum') {
    const total = outputs.map((each) => tf.sum(tf.cast(each, 'float32'))).reduce((a, b) => tf.add(a, b));
    const count = outputs.reduce((sum, each) => sum + each.size, 0);
    return (loss.kind === 'sum' ? total : tf.div(total, count)) as tf.Scalar;
  }
  if (!labels)
    return fail(
      'loss/no-labels',
      'Expected a data source with labels for this loss, got one without.',
      'Choose a CSV file as the data source, or the loss "mean".',
    );
  if (loss.kind === 'crossEntropy') {
    if (output.rank !== 2 || output.shape[0] !== labels.size)
      fail(
        'loss/logits-shape',
        `Expected logits of shape (${labels.size}, classes) for cross-entropy, got ${formatShape(output.shape)}.`,
        'End the model with a Linear layer that has one feature per class.',
      );
    return tf.mean(softmaxCrossEntropyWithIntegerLabels(output, labels));
  }
  if (output.size !== labels.size)
    fail(
      'loss/target-shape',
      `Expected one number per row, (${labels.size}, 1), for the squared error, got ${formatShape(output.shape)}.`,
      'End the model with a Linear layer of one feature.',
    );
  return tf.mean(tf.square(tf.sub(output, tf.reshape(tf.cast(labels, 'float32'), output.shape))));
}

/** Checks labels that the step itself would silently take as classes. `outputShape` is that of the first output. */
export function checkLabels(loss: Loss, labels: LabelInfo | null, outputShape: readonly number[]): void {
  if (!labels) return;
  if (loss.kind === 'meanSquaredError' && labels.areWords)
    fail(
      'loss/words',
      'Expected numbers to predict for the squared error, got words.',
      'Choose the loss "crossEntropy", or another label.',
    );
  if (loss.kind !== 'crossEntropy') return;
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
}

/** How many rows of `logits` (batch, classes) have their greatest element at the label: an int32 scalar. */
export function countCorrect(logits: tf.Tensor, labels: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), labels), 'int32')));
}
