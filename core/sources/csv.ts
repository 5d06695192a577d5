/**
 * @file The rows of a table: features and a label, shuffled by the seed of the run, split with every class in both parts, and used to the last
 * row. Data stay on the CPU; each batch is made when it is asked for and belongs to the caller.
 */
import { setTo } from '../spec/mend.ts';
import { p } from '../spec/params.ts';
import { fail, RunError } from '../spec/run-error.ts';
import { formatShape } from '../spec/shape.ts';
import type { RunEmitContext } from '../spec/emit.ts';
import {
  defineSource,
  type Batch,
  type EmittedSource,
  type Source,
  type SourceArgs,
  type SourceContext,
  type SourceFault,
  type SourceInput,
} from '../spec/source.ts';
import { tf } from '../tensor/tf.ts';
import { lengthsFor } from './shared/filled.ts';
import { labelInfoOf } from './shared/rows.ts';
import { featureCount, fillGaps } from './table/features.ts';
import { readColumns } from './table/columns.ts';
import { emitTable, JAX_BATCHES, NUMPY_BATCHES, TORCH_BATCHES, type BatchLibrary } from './table/emit-python.ts';
import { notesOf, rangesOf } from './table/notes.ts';
import { tableOptions, type TableOptions } from './table/options.ts';
import { epochOrder, splitRows } from './table/split.ts';
import { findLabel, readTable, type Table } from './table/table.ts';

/** Rows of the test split that are evaluated at once. */
const TEST_PIECE = 1024;

const params = {
  label: p.text({ default: '', doc: 'The column to predict.' }),
  scale: p.float({ default: 1, doc: 'Features are divided by this.' }),
  standardize: p.bool({ default: false, doc: 'Takes the mean over the training rows away and divides by their standard deviation.' }),
  missing: p.choice({
    default: 'skip',
    choices: ['skip', 'mean', 'zero'],
    doc: 'Rows with a gap are skipped, or the gap is filled with the mean of its column, or with 0.',
  }),
  testRows: p.int({ default: 0, min: 0, doc: 'So many rows are held back for testing, every class among them.' }),
};

/** The one rule of what a table may be fed into: a row of the input holds as many numbers as there are features. */
function rowFault(input: SourceInput, features: number, file: string): SourceFault | undefined {
  const place = { input: input.name, shape: ['batch', features] };
  if (!input.shape) return undefined;
  const [rows, ...rest] = input.shape;
  const fix = `Declare the shape (batch, ${features}), or that of a picture with as many numbers, or choose other data.`;
  if (rows === undefined) return { code: 'data/features', ...place, expected: `(batch, ${features})`, got: formatShape(input.shape), fix };
  if (rest.some((length) => typeof length === 'string')) {
    // One length without a number takes what the table has.
    return rest.length === 1
      ? undefined
      : { code: 'data/features', ...place, expected: 'numbers for all but the first axis', got: formatShape(input.shape), fix };
  }
  const size = rest.reduce<number>((product, length) => product * Number(length), 1);
  if (size === features) return undefined;
  const expected = `(batch, ${features}), as ${file} has ${features} features`;
  return { code: 'data/features', ...place, expected, got: formatShape(input.shape), fix };
}

function needOne({ inputs }: SourceContext): SourceInput {
  const [input] = inputs;
  if (!input || inputs.length > 1)
    return fail('source/one-input', `A CSV file fills one input, but the model has ${inputs.length}.`, 'Choose ones or normal numbers.');
  return input;
}

function check(args: Readonly<Record<string, unknown>>, context: SourceContext): readonly SourceFault[] {
  const options = tableOptions(args);
  const { file, testRows, scale } = options;
  const { inputs } = context;
  if (inputs.length !== 1)
    return [
      {
        code: 'data/inputs',
        expected: 'one input for the features',
        got: `${inputs.length}`,
        fix: 'Leave one input, or choose another source.',
      },
    ];
  const faults: SourceFault[] = [];
  if (!Number.isFinite(scale) || scale === 0)
    faults.push({
      code: 'data/scale',
      param: 'scale',
      expected: 'a number to divide by',
      got: `${scale}`,
      fix: 'Set the scale to 1 to leave the numbers as they are.',
      mends: [setTo('scale', 1)],
    });
  const text = context.readText(file, options.asset);
  if (text === undefined) return faults;
  try {
    const cut = readColumns(text, options.dialect);
    const labelAt = findLabel(cut, options.label);
    const fault = rowFault(inputs[0]!, featureCount(cut, labelAt, options), file);
    if (fault) faults.push(fault);
    const { rows } = readTable(text, options);
    if (!Number.isInteger(testRows) || testRows < 0 || testRows >= rows)
      faults.push({
        code: 'data/test-rows',
        param: 'testRows',
        expected: `fewer test rows than the ${rows} rows of ${file}`,
        got: `${testRows}`,
        fix: 'Leave at least one row to train on.',
      });
    return faults;
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    const { code, message, hint } = error.problem;
    const expected =
      code === 'csv/no-label'
        ? `a column among ${message.replace(/^.*got the columns /, '').replace(/\.$/, '')}`
        : 'a table that can be read';
    const got = code === 'csv/no-label' ? `"${options.label}"` : message.replace(/\.$/, '');
    return [
      ...faults,
      { code: code === 'csv/no-label' ? 'data/label' : `data/${code.replace('csv/', '')}`, param: 'label', expected, got, fix: hint },
    ];
  }
}

/** The lengths of one row of the input; a length without a number takes what the table has. */
function rowLengths(input: SourceInput, width: number): readonly number[] {
  if (!input.shape) return [width];
  const lengths = input.shape.slice(1).map((length) => (typeof length === 'string' ? width : length));
  return lengthsFor({ ...input, shape: ['batch', ...lengths] }, 1).slice(1);
}

/** A table that fits the one input of the model. */
interface OpenedTable {
  readonly options: TableOptions;
  readonly text: string;
  readonly input: SourceInput;
  readonly table: Table;
}

function openTable(args: Readonly<Record<string, unknown>>, context: SourceContext): OpenedTable {
  const options = tableOptions(args);
  const { file, scale, testRows } = options;
  const text = context.readText(file, options.asset);
  if (text === undefined)
    fail('source/no-file', `Expected the text of "${file}", got none.`, 'Open the file again, or put it beside the document.');
  const input = needOne(context);
  if (!(Number.isFinite(scale) && scale !== 0))
    fail('source/scale', `Expected a number to divide by, got ${scale}.`, 'Set the scale to 1 to leave the numbers as they are.');
  const table = readTable(text, options);
  if (!Number.isInteger(testRows) || testRows < 0 || testRows >= table.rows)
    fail(
      'source/test-rows',
      `Expected fewer test rows than the ${table.rows} rows of ${file}, got ${testRows}.`,
      'Leave at least one row to train on.',
    );
  const fault = rowFault(input, table.features.length, file);
  if (fault) fail('source/features', `Input "${input.name}": expected ${fault.expected}, got ${fault.got}.`, fault.fix);
  return { options, text, input, table };
}

function open(args: Readonly<Record<string, unknown>>, context: SourceContext): Source {
  const { options, text, input, table } = openTable(args, context);
  const { scale, testRows } = options;
  const { batchSize, seed } = context;
  const width = table.features.length;
  const labels = labelInfoOf(table.labels, table.classes !== null);
  const split = splitRows(table.rows, testRows, seed, labels.areIntegers ? table.labels : null);
  const numbers = fillGaps(table, split.train, options);
  const row = rowLengths(input, width);
  const labelsDtype = labels.areIntegers ? 'int32' : 'float32';
  const trainRows = split.train.length;
  const size = Math.min(batchSize, trainRows);
  const stepsPerEpoch = Math.ceil(trainRows / size);
  let epoch = { index: -1, order: new Int32Array() };

  const batch = (rows: Int32Array): Batch => {
    const values = input.dtype === 'float32' ? new Float32Array(rows.length * width) : new Int32Array(rows.length * width);
    const chosen = new Float32Array(rows.length);
    for (const [i, at] of rows.entries()) {
      values.set(numbers.subarray(at * width, (at + 1) * width), i * width);
      chosen[i] = table.labels[at]!;
    }
    return { inputs: [tf.tensor(values, [rows.length, ...row], input.dtype)], labels: tf.tensor1d(chosen, labelsDtype) };
  };
  return {
    labels,
    trainRows,
    testRows: split.test.length,
    stepsPerEpoch,
    trainBatch(step) {
      const index = Math.floor(step / stepsPerEpoch);
      if (epoch.index !== index) epoch = { index, order: epochOrder(trainRows, seed, index).map((at) => split.train[at]!) };
      const from = (step % stepsPerEpoch) * size;
      return batch(epoch.order.subarray(from, Math.min(from + size, trainRows)));
    },
    *testBatches() {
      for (let from = 0; from < split.test.length; from += TEST_PIECE) yield batch(split.test.subarray(from, from + TEST_PIECE));
    },
    labelValues: () => Float32Array.from([...split.train, ...split.test], (at) => table.labels[at]!),
    // Standardised numbers are no ids.
    ...(options.standardize ? {} : { ranges: () => rangesOf(table, scale) }),
    notes: notesOf(table, readColumns(text, options.dialect), split, labels.areIntegers, options),
  };
}

export const csvSource = defineSource({
  type: 'csv',
  title: 'Table of a file',
  doc: 'The rows of a table: columns are features, the label to predict, or ignored.',
  hasLabels: true,
  params,
  files: (args) => {
    const { file, asset } = tableOptions(args);
    return file === '' ? [] : [asset === undefined ? { file } : { file, asset }];
  },
  check,
  open,
  emit: {
    flax: (args, context) => emitRows(args, context, JAX_BATCHES),
    pytorch: (args, context) => emitRows(args, context, TORCH_BATCHES),
    keras: (args, context) => emitRows(args, context, NUMPY_BATCHES),
  },
});

const emitRows = (args: SourceArgs, context: SourceContext & RunEmitContext, library: BatchLibrary): EmittedSource => {
  const { options, text, input, table } = openTable(args, context);
  const cut = readColumns(text, options.dialect);
  const { areIntegers } = labelInfoOf(table.labels, table.classes !== null);
  const { batchSize, seed } = context;
  const row = rowLengths(input, table.features.length);
  const labelAt = findLabel(cut, options.label);
  // oxlint-disable-next-line no-control-regex
  const isAscii = /^[\u0000-\u007f]*$/.test(text);
  return emitTable({ options, cut, labelAt, isAscii, areClasses: areIntegers, row, dtype: input.dtype, batchSize, seed }, context, library);
};
