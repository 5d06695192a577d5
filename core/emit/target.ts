/** @file The targets that a model can be taken away to. A new one is a folder here, one row, and an entry in the descriptors. */
import type { ModelProgram } from '../program/model-program.ts';
import type { Target } from '../spec/index.ts';
import { writeFlax } from './flax/flax.ts';
import { writeTraining, type TrainingContext } from './flax/train.ts';

export interface TargetInfo {
  readonly title: string;
  /** Of the file that the code is saved in. */
  readonly extension: string;
  /** For the colours of the code panel. */
  readonly language: 'python';
  /** The code of a model that was described for code. */
  readonly emit: (program: ModelProgram) => string;
  /** The script that trains the model of the file `module` beside it. @throws RunError, RejectionError where it cannot be written. */
  readonly train: (program: ModelProgram, options: TrainingContext) => string;
}

export const TARGETS: Readonly<Record<Target, TargetInfo>> = {
  flax: { title: 'Flax NNX', extension: 'py', language: 'python', emit: writeFlax, train: writeTraining },
};
