/** @file What a target is: a folder here with a `target.ts`, from which the list of targets is made, and what the descriptors say of it. */
import type { Place } from '../document/problem.ts';
import type { ModelProgram } from '../program/model-program.ts';
import type { SourceContext } from '../spec/source.ts';

export interface TrainingContext {
  readonly readText: SourceContext['readText'];
  /** The name of the file with the model's code. */
  readonly module: string;
}

/** A node, a member or a setting that the target cannot express. */
export interface Refusal {
  readonly place: Place;
  /** What it is called in the document. */
  readonly subject: string;
  /** What the target lacks, as a sentence. */
  readonly reason: string;
}

export interface Target {
  readonly title: string;
  /** Of the file that the code is saved in. */
  readonly extension: string;
  /** For the colours of the code panel. */
  readonly language: 'python' | 'typescript';
  /** The code of a model that was described for code. */
  readonly emit: (program: ModelProgram) => string;
  /** What the target cannot express, asked before anything is written; absent where there is nothing. */
  readonly refuse?: (program: ModelProgram) => readonly Refusal[];
  /** The script that trains the model of the file `module` beside it; absent: the target has none. @throws RunError, RejectionError where it cannot be written. */
  readonly train?: (program: ModelProgram, options: TrainingContext) => string;
}
