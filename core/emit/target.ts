/** @file What a target is: a folder here with a `target.ts`, from which the list of targets is made, and what the descriptors say of it. */
import type { ModelProgram } from '../program/model-program.ts';
import type { SourceContext } from '../spec/source.ts';
import type { StoredTensor } from '../weights/safetensors.ts';
import type { TakeMarks } from './marks.ts';
import type { Refusal } from './refusal.ts';

export type { Refusal } from './refusal.ts';

/** One file of what is taken away, by its path in the folder. */
export interface EmittedFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** What the weights are written with. */
export interface WeightsContext {
  /** The name of the file with the model's code, without its extension: the other files are named after it. */
  readonly module: string;
  /** All of the model, by Flax's own names: `blocks.0.batch_norm.scale`. */
  readonly weights: Readonly<Record<string, StoredTensor>>;
}

export interface TrainingContext {
  readonly readText: SourceContext['readText'];
  /** The name of the file with the model's code. */
  readonly module: string;
  /** Over all devices of a machine or a cluster. */
  readonly isSharded?: boolean;
}

export interface Target {
  readonly title: string;
  /** Of the file that the code is saved in. */
  readonly extension: string;
  /** For the colours of the code panel. */
  readonly language: 'python' | 'typescript' | 'text';
  /** What is saved are bytes with the weights inside, made by `files`; `emit` lists what is in them, to be read. */
  readonly isBytes?: true;
  /** The code of a model that was described for code; `takeMarks` gets what its lines stand for. */
  readonly emit: (program: ModelProgram, takeMarks?: TakeMarks) => string;
  /** What the target cannot express, asked before anything is written; absent where there is nothing. */
  readonly refuse?: (program: ModelProgram) => readonly Refusal[];
  /** The code, and the weights in a file that the loader reads. Absent: only the code can be taken away. */
  readonly files?: (program: ModelProgram, context: WeightsContext) => readonly EmittedFile[];
  /**
   * The few lines that load the weights. In Python it is `load_<module>.py` with two functions: `load_model(path=…)` gives the model with its
   * weights, in the mode for use and not for training; `run(model, *inputs)` takes arrays of NumPy laid out as in the app (channels last) and
   * gives the list of outputs likewise. In TypeScript it is `load_<module>.ts` with `loadModel`.
   */
  readonly loader?: (program: ModelProgram, module: string) => EmittedFile;
  /** What must be installed to use the files, as `pip` or `npm` name it: `flax==0.12.8`. */
  readonly requirements?: readonly string[];
  /** The script that trains the model of the file `module` beside it; absent: the target has none. @throws RunError, RejectionError where it cannot be written. */
  readonly train?: (program: ModelProgram, options: TrainingContext) => string;
  /** `train` can spread over all devices. */
  readonly canShard?: true;
}
