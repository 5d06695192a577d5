/** @file Rows that lie in memory as batches: shuffled by the seed of the run, split, and used to the last row. */
import type { LabelInfo } from '../../spec/loss.ts';
import { fail } from '../../spec/run-error.ts';
import type { Batch, Source, SourceContext } from '../../spec/source.ts';
import { tf } from '../../tensor/tf.ts';
import { epochOrder, splitRows } from '../table/split.ts';

export interface Rows {
  readonly count: number;
  /** Of each row; null where there are none. */
  readonly labels: Float32Array | null;
  readonly areWords?: boolean;
  readonly testRows: number;
  /** Rows follow from each other: the last are held back, not any. */
  readonly isOrdered?: boolean;
  /** An input of these rows. */
  readonly make: (input: number, rows: Int32Array) => tf.Tensor;
  readonly notes?: Source['notes'];
}

/** Rows of the test split that are evaluated at once. */
const TEST_PIECE = 1024;

export function labelInfoOf(labels: Float32Array, areWords = false): LabelInfo {
  let [min, max, areIntegers] = [Infinity, -Infinity, true];
  for (const label of labels) {
    min = Math.min(min, label);
    max = Math.max(max, label);
    areIntegers &&= Number.isInteger(label);
  }
  return { areWords, areIntegers, min, max };
}

/** @throws RunError where no row is left to train on */
export function rowsSource(rows: Rows, { inputs, batchSize, seed }: SourceContext): Source {
  const { count, labels, testRows, isOrdered = false, make, notes = [] } = rows;
  if (!Number.isInteger(testRows) || testRows < 0 || testRows >= count)
    fail('source/test-rows', `Expected fewer test rows than the ${count} rows, got ${testRows}.`, 'Leave at least one row to train on.');
  const info = labels && labelInfoOf(labels, rows.areWords);
  const split = isOrdered
    ? {
        train: Int32Array.from({ length: count - testRows }, (_, i) => i),
        test: Int32Array.from({ length: testRows }, (_, i) => count - testRows + i),
      }
    : splitRows(count, testRows, seed, info?.areIntegers ? labels : null);
  const trainRows = split.train.length;
  const size = Math.min(batchSize, trainRows);
  const stepsPerEpoch = Math.ceil(trainRows / size);
  let epoch = { index: -1, order: new Int32Array() };
  const batch = (chosen: Int32Array): Batch => ({
    inputs: inputs.map((_, at) => make(at, chosen)),
    labels:
      labels &&
      tf.tensor1d(
        Float32Array.from(chosen, (at) => labels[at]!),
        info!.areIntegers ? 'int32' : 'float32',
      ),
  });
  return {
    labels: info,
    trainRows,
    testRows,
    stepsPerEpoch,
    trainBatch(step) {
      const index = Math.floor(step / stepsPerEpoch);
      if (epoch.index !== index) epoch = { index, order: epochOrder(trainRows, seed, index).map((at) => split.train[at]!) };
      const from = (step % stepsPerEpoch) * size;
      return batch(epoch.order.subarray(from, Math.min(from + size, trainRows)));
    },
    *testBatches() {
      for (let from = 0; from < testRows; from += TEST_PIECE) yield batch(split.test.subarray(from, from + TEST_PIECE));
    },
    ...(labels ? { labelValues: () => Float32Array.from([...split.train, ...split.test], (at) => labels[at]!) } : {}),
    notes,
  };
}
