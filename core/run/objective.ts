/** @file The loss of a document, ready to be computed. */
import type { RunSettings } from '../document/schema.ts';
import { findLoss, LOSSES } from '../registry.gen.ts';
import { validateArgs } from '../spec/args.ts';
import type { LabelInfo } from '../spec/loss.ts';
import type { ArgsOf, ParamSpecs } from '../spec/params.ts';
import { fail } from '../spec/run-error.ts';
import type { Batch } from '../spec/source.ts';
import type { tf } from '../tensor/tf.ts';

export interface Objective {
  /** A new scalar, freed by the surrounding tidy. @throws RunError where outputs do not fit labels or inputs. */
  compute(outputs: readonly tf.Tensor[], batch: Batch): tf.Scalar;
  /** @throws RunError where the labels of the data do not suit the loss. */
  checkLabels(labels: LabelInfo | null, outputShape: readonly number[]): void;
  /** How many rows are right; null where the loss is not one of classes. */
  countCorrect(outputs: readonly tf.Tensor[], labels: tf.Tensor | null): tf.Scalar | null;
  readonly isOfClasses: boolean;
}

/** @throws RunError for a loss that this version does not know, or arguments that it does not take. */
export function openObjective({ loss }: Pick<RunSettings, 'loss'>): Objective {
  const descriptor = findLoss(loss.type);
  if (!descriptor)
    return fail(
      'loss/unknown',
      `Expected a loss among ${Object.keys(LOSSES).join(', ')}, got "${loss.type.slice(0, 80)}".`,
      'Choose another loss, or open the document with a newer Espalier.',
    );
  const { args, problems } = validateArgs(descriptor.params, loss.args);
  const [problem] = problems;
  if (problem) fail('loss/argument', `Expected ${problem.expected}, got ${problem.got}.`, problem.fix);
  return {
    compute: (outputs, { inputs, labels }) => descriptor.compute(outputs, labels, args as ArgsOf<ParamSpecs>, inputs),
    checkLabels(labels, outputShape) {
      if (labels) descriptor.checkLabels?.(labels, outputShape);
    },
    countCorrect: (outputs, labels) => (labels && outputs[0] && descriptor.countCorrect?.(outputs[0], labels)) ?? null,
    isOfClasses: descriptor.countCorrect !== undefined,
  };
}
