/** @file The descriptor of a data source: where the batches of a run come from. A new source is one new file in `core/sources`. */
import type { tf } from '../tensor/tf.ts';
import type { Emits, RunEmitContext } from './emit.ts';
import type { LabelInfo } from './loss.ts';
import type { ParamSpecs } from './params.ts';
import type { Rejection } from './reject.ts';
import type { TensorSpec } from './shape.ts';

/** An input of the root class. A null shape takes what the data have. */
export interface SourceInput {
  readonly name: string;
  readonly shape: TensorSpec['shape'] | null;
  readonly dtype: TensorSpec['dtype'];
}

export interface Batch {
  /** In the order of the model's inputs. */
  readonly inputs: readonly tf.Tensor[];
  /** (rows,): int32 where the labels are classes, else float32; null where there are none. */
  readonly labels: tf.Tensor | null;
}

/** The least and the greatest number of a column, with the row where each stands: for ids that must lie in a table. */
export interface ColumnRange {
  readonly name: string;
  readonly min: number;
  readonly minRow: number;
  readonly max: number;
  readonly maxRow: number;
}

export interface Source {
  readonly labels: LabelInfo | null;
  /** Rows that steps are taken on, and rows that are only evaluated. 0 test rows: no test loss. */
  readonly trainRows: number;
  readonly testRows: number;
  /** Steps in which every training row is used once. */
  readonly stepsPerEpoch: number;
  /** The batch of a step, from 0; the last of an epoch may be smaller. The caller disposes it. */
  trainBatch(step: number): Batch;
  /** The whole test split, in pieces that fit in memory. The caller disposes them. */
  testBatches(): Iterable<Batch>;
  /** All labels, training rows before test rows, where they are at hand without making batches. */
  labelValues?(): Float32Array;
  /** The ranges of the features by column, as they are fed; absent where the numbers are made up. */
  ranges?(): readonly ColumnRange[];
  /** What a person should know of the data: rows that were skipped, a class that is missing from one part. */
  readonly notes: readonly { readonly code: string; readonly message: string; readonly hint: string }[];
}

/** What a source is opened and checked with. */
export interface SourceContext {
  readonly inputs: readonly SourceInput[];
  readonly batchSize: number;
  /** Of the run: rows are shuffled by a key of it. */
  readonly seed: number;
  /** The text of a data file; undefined where it is not at hand. */
  readonly readText: (file: string, asset: string | undefined) => string | undefined;
}

/** A rejection of a source, at one of the model's inputs where `input` is given. */
export interface SourceFault extends Rejection {
  readonly input?: string;
  /** A shape of that input that would fit. */
  readonly shape?: TensorSpec['shape'];
}

export type SourceArgs = Readonly<Record<string, unknown>>;

/** What a source makes of a file that a person chooses. */
export interface SourceFile {
  /** Without the dot: `npz`. */
  readonly extensions: readonly string[];
  /** No text: its content goes as `textOfBytes` writes it. */
  readonly isBytes: boolean;
  /** The first arguments, beside the name of the file. @throws RunError where it cannot be read */
  readonly start: (text: string, file: string) => Readonly<Record<string, string | number>>;
  /** What is in it, row by row. @throws RunError likewise */
  readonly preview: (text: string, file: string, args: SourceArgs) => readonly PreviewRow[];
}

export interface PreviewRow {
  readonly name: string;
  readonly text: string;
}

export interface SourceDescriptor {
  readonly kind: 'source';
  /** The name in documents: 'csv'. */
  readonly type: string;
  /** For menus. */
  readonly title: string;
  /** First sentence: what it gives. */
  readonly doc: string;
  readonly hasLabels: boolean;
  /** What a form shows. A source with a form of its own has further arguments. */
  readonly params: ParamSpecs;
  /** The names of the data files that the arguments name. */
  readonly files: (args: SourceArgs) => readonly { readonly file: string; readonly asset?: string }[];
  /** Of a source of one file. */
  readonly file?: SourceFile;
  /** What is wrong, as far as it can be known without reading all data. Never throws. */
  readonly check: (args: SourceArgs, context: SourceContext) => readonly SourceFault[];
  /** @throws RunError with code `source/…` or `csv/…`. */
  readonly open: (args: SourceArgs, context: SourceContext) => Source;
  readonly emit: Emits<SourceEmitter, never, SourceEmitter> & { readonly keras?: SourceEmitter };
}

/**
 * Statements that define `train_batch(step)`, which gives the inputs as a tuple and the labels (None without), and, where rows are held back,
 * `test_batch()` with the same. @throws RunError as `open` does.
 */
export type SourceEmitter = (args: SourceArgs, context: SourceContext & RunEmitContext) => EmittedSource;

export interface EmittedSource {
  readonly lines: readonly string[];
  readonly hasTest: boolean;
}

export function defineSource(descriptor: Omit<SourceDescriptor, 'kind'>): SourceDescriptor {
  return { kind: 'source', ...descriptor };
}
