/** @file All elements of all outputs, for losses that need no labels. */
import { tf } from '../../tensor/tf.ts';
import { firstOutput } from './first-output.ts';

/** The sum over all elements, and how many there are. @throws RunError where the model has no output. */
export function sumOfOutputs(outputs: readonly tf.Tensor[]): { readonly total: tf.Scalar; readonly count: number } {
  firstOutput(outputs);
  const total = outputs.map((each) => tf.sum(tf.cast(each, 'float32'))).reduce((a, b) => tf.add(a, b)) as tf.Scalar;
  return { total, count: outputs.reduce((sum, each) => sum + each.size, 0) };
}
