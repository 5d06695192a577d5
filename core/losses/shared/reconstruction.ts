/** @file What losses of autoencoders compare: the first output with the first input. */
import type { Rejection } from '../../spec/reject.ts';
import { fail } from '../../spec/run-error.ts';
import { formatShape, sameShape, type TensorSpec } from '../../spec/shape.ts';
import { tf } from '../../tensor/tf.ts';
import { firstOutput } from './first-output.ts';

type Known = readonly (TensorSpec | undefined)[];

/** What is wrong with a first output that should have the shape of the first input, as far as both are known. */
export function checkReconstruction([output]: Known, [input]: Known): Rejection | undefined {
  if (!output || !input || sameShape(output.shape, input.shape)) return undefined;
  return {
    code: 'loss/shape',
    expected: `the shape of the first input, ${formatShape(input.shape)}`,
    got: formatShape(output.shape),
    fix: 'Change the last layers, or the loss.',
  };
}

/** First output minus first input. @throws RunError where their shapes differ, or the model has no input. */
export function differenceFromInput(outputs: readonly tf.Tensor[], [input]: readonly tf.Tensor[]): tf.Tensor {
  const output = firstOutput(outputs);
  if (!input)
    return fail('loss/no-input', 'Expected a model with an input to reconstruct, got none.', 'Add an input, or choose another loss.');
  if (!sameShape(output.shape, input.shape))
    return fail(
      'loss/target-shape',
      `Expected an output of the shape of the first input, ${formatShape(input.shape)}, got ${formatShape(output.shape)}.`,
      'Change the last layers, or choose another loss.',
    );
  return tf.sub(output, input);
}
