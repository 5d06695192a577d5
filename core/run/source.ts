/**
 * @file Batches for a model's inputs: ones, normal numbers, or the rows of a CSV file in file order. Data stay on the CPU;
 * each batch is made when it is asked for and belongs to the caller.
 */
import type { CsvSource, DataSource } from '../document/schema.ts';
import { foldIn, key } from '../random/key.ts';
import { normal } from '../random/normal.ts';
import { formatShape, type TensorSpec } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { parseCsv } from './csv.ts';
import type { LabelInfo } from './loss.ts';
import { fail } from './problem.ts';
import type { Assets } from './protocol.ts';

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

export interface Source {
  readonly labels: LabelInfo | null;
  /** Rows that steps are taken on, and rows that are only evaluated. 0 test rows: no accuracy. */
  readonly trainRows: number;
  readonly testRows: number;
  /** The batch of a step, from 0. Whole batches in file order, then again from the first row: every batch has the same shape. */
  trainBatch(step: number): Batch;
  /** The whole test split, in pieces that fit in memory. */
  testBatches(): Iterable<Batch>;
}

/** Rows of the test split that are evaluated at once. */
const TEST_PIECE = 1024;

function lengths(input: SourceInput, rows: number): number[] {
  if (!input.shape)
    return fail(
      'source/no-shape',
      `Input "${input.name}" has no shape: expected one to fill with numbers.`,
      'Set the shape of the input, such as (batch, 2).',
    );
  return input.shape.map((length, axis) => {
    if (typeof length === 'number') return length;
    if (axis === 0) return rows;
    return fail(
      'source/unknown-length',
      `Input "${input.name}" of shape ${formatShape(input.shape ?? [])}: expected a number for "${length}", which the data source does not know.`,
      'Give that axis a length.',
    );
  });
}

function filled(inputs: readonly SourceInput[], batchSize: number, make: (shape: number[], at: number) => tf.Tensor): Source {
  const shapes = inputs.map((input) => lengths(input, batchSize));
  const batch = () => ({ inputs: shapes.map(make), labels: null });
  return { labels: null, trainRows: batchSize, testRows: 0, trainBatch: batch, testBatches: () => [] };
}

function ones(inputs: readonly SourceInput[], batchSize: number): Source {
  return filled(inputs, batchSize, (shape, at) => tf.ones(shape, inputs[at]?.dtype ?? 'float32'));
}

/** The first input has the numbers of `jax.random.normal(jax.random.key(seed), shape)`, input i those of `fold_in(key, i)`. */
function normals(inputs: readonly SourceInput[], batchSize: number, seed: number): Source {
  for (const { name, dtype } of inputs)
    if (dtype !== 'float32')
      fail(
        'source/not-float',
        `Input "${name}" takes ${dtype}: normal numbers are float32.`,
        'Choose ones or a CSV file as the data source.',
      );
  const start = key(seed);
  return filled(inputs, batchSize, (shape, at) => tf.tensor(normal(at === 0 ? start : foldIn(start, at), shape), shape));
}

function labelInfo(labels: Float32Array, areWords: boolean): LabelInfo {
  let min = Infinity;
  let max = -Infinity;
  let areIntegers = true;
  for (const label of labels) {
    if (label < min) min = label;
    if (label > max) max = label;
    if (!Number.isInteger(label)) areIntegers = false;
  }
  return { areWords, areIntegers, min, max };
}

/** The shape of one row of features as the input declares it: (batch, 8, 8, 1) takes 64 columns. */
function rowShape(input: SourceInput, features: number, file: string): number[] {
  if (!input.shape) return [features];
  const shape = lengths({ ...input, shape: ['batch', ...input.shape.slice(1)] }, 1).slice(1);
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== features)
    fail(
      'source/features',
      `Input "${input.name}" of shape ${formatShape(input.shape)} takes ${size} numbers a row, but ${file} has ${features} columns besides the label.`,
      `Set the shape of the input to (batch, ${features}), or the shape of a picture with as many numbers.`,
    );
  return shape;
}

function csv(source: CsvSource, inputs: readonly SourceInput[], batchSize: number, assets: Assets): Source {
  const { file, label, scale, testRows } = source;
  const text = source.text ?? assets[file];
  if (text === undefined) fail('source/no-file', `Expected the text of "${file}", got none.`, 'Open the file again.');
  const [input] = inputs;
  if (!input || inputs.length > 1)
    fail('source/one-input', `A CSV file fills one input, but the model has ${inputs.length}.`, 'Choose ones or normal numbers.');
  if (!(Number.isFinite(scale) && scale !== 0))
    fail('source/scale', `Expected a number to divide by, got ${scale}.`, 'Set the scale to 1 to leave the numbers as they are.');
  const table = parseCsv(text, label);
  const trainRows = table.rows - testRows;
  if (!Number.isInteger(testRows) || testRows < 0 || trainRows < 1)
    fail(
      'source/test-rows',
      `Expected fewer test rows than the ${table.rows} rows of ${file}, got ${testRows}.`,
      'Leave at least one row to train on.',
    );
  const width = table.features.length;
  const row = rowShape(input, width, file);
  const values = input.dtype === 'float32' ? table.values.map((x) => x / scale) : Int32Array.from(table.values, (x) => x / scale);
  const labels = labelInfo(table.labels, table.classes !== null);
  const labelsDtype = labels.areIntegers ? 'int32' : 'float32';
  const size = Math.min(batchSize, trainRows);
  const wholeBatches = Math.floor(trainRows / size);

  const batch = (from: number, count: number): Batch => ({
    // Copies: the CPU backend would otherwise keep a view of the whole table, and a caller might write into it.
    inputs: [tf.tensor(values.slice(from * width, (from + count) * width), [count, ...row], input.dtype)],
    labels: tf.tensor1d(table.labels.slice(from, from + count), labelsDtype),
  });
  return {
    labels,
    trainRows,
    testRows,
    trainBatch: (step) => batch((step % wholeBatches) * size, size),
    *testBatches() {
      for (let from = trainRows; from < table.rows; from += TEST_PIECE) yield batch(from, Math.min(TEST_PIECE, table.rows - from));
    },
  };
}

/**
 * Opens a data source for a model with these inputs.
 * @throws RunError with code `source/…` or `csv/…`.
 */
export function openSource(source: DataSource, inputs: readonly SourceInput[], batchSize: number, assets: Assets): Source {
  if (!Number.isInteger(batchSize) || batchSize < 1)
    fail('source/batch-size', `Expected a whole number of rows in a batch, got ${batchSize}.`, 'Set the batch size to 1 or more.');
  if (source.kind === 'ones') return ones(inputs, batchSize);
  if (source.kind === 'normal') return normals(inputs, batchSize, source.seed);
  return csv(source, inputs, batchSize, assets);
}
