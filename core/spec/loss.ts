/** @file The descriptor of a loss: what it needs of labels and outputs, and how it is computed. A new loss is one new file in `core/losses`. */
import type { tf } from '../tensor/tf.ts';
import type { Emits, LossEmitter } from './emit.ts';
import type { Args, ArgsOf, ParamSpecs } from './params.ts';
import type { Rejection } from './reject.ts';
import type { TensorSpec } from './shape.ts';

/** What is known of the labels of a whole data set before any step. */
export interface LabelInfo {
  readonly areWords: boolean;
  readonly areIntegers: boolean;
  readonly min: number;
  readonly max: number;
}

export interface LossDescriptor<P extends ParamSpecs = ParamSpecs> {
  readonly kind: 'loss';
  /** The name in documents: 'crossEntropy'. */
  readonly type: string;
  /** For menus. */
  readonly title: string;
  /** First sentence: what it measures. */
  readonly doc: string;
  /** What it compares the outputs with: the labels of the data, the first input itself, or nothing. */
  readonly labels: 'none' | 'input' | 'classes' | 'numbers';
  readonly params: P;
  /** What is wrong with the outputs, as far as they are known: undefined are those that are not. `at` is the position of the wrong one, else 0. */
  readonly checkOutputs?: (
    outputs: readonly (TensorSpec | undefined)[],
    inputs: readonly (TensorSpec | undefined)[],
  ) => (Rejection & { readonly at?: number }) | undefined;
  /** @throws RunError with code `loss/…` where the labels of the data do not suit it. `outputShape` is that of the first output. */
  readonly checkLabels?: (labels: LabelInfo, outputShape: readonly number[]) => void;
  /**
   * A new scalar; what is made on the way is freed by the surrounding tidy or gradient. Labels are (rows,), null without a labelled source;
   * `inputs` are what the model was given.
   * @throws RunError with code `loss/…` where outputs and labels do not fit.
   */
  readonly compute: (outputs: readonly tf.Tensor[], labels: tf.Tensor | null, args: ArgsOf<P>, inputs: readonly tf.Tensor[]) => tf.Scalar;
  /** How many rows are right, an int32 scalar, for a loss of classes: a row with a NaN among its scores never is. */
  readonly countCorrect?: (output: tf.Tensor, labels: tf.Tensor) => tf.Scalar;
  readonly emit: Emits<LossEmitter, never, LossEmitter> & { readonly keras?: LossEmitter };
}

/** Checks a loss against its own parameters and widens it for the registry. */
export function defineLoss<const P extends ParamSpecs>(descriptor: Omit<LossDescriptor<P>, 'kind'>): LossDescriptor {
  // The registry holds descriptors of every P; arguments are validated against `params` before they reach it.
  return { kind: 'loss', ...descriptor } as unknown as LossDescriptor;
}

export type LossArgs = Args;
