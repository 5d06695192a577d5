/** @file What a loss with labels compares: the first output of a model. */
import { fail } from '../../spec/run-error.ts';
import type { tf } from '../../tensor/tf.ts';

/** @throws RunError where the model has no output. */
export function firstOutput(outputs: readonly tf.Tensor[]): tf.Tensor {
  return outputs[0] ?? fail('loss/no-output', 'Expected a model with an output, got none.', 'Wire a value to an output.');
}

/** @throws RunError where the source has no labels. */
export function needLabels(labels: tf.Tensor | null): tf.Tensor {
  return (
    labels ??
    fail(
      'loss/no-labels',
      'Expected a data source with labels for this loss, got one without.',
      'Choose a CSV file as the data source, or the loss "mean".',
    )
  );
}
