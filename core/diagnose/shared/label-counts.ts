/** @file How often each class occurs in the data. */
import type { Batch, Source } from '../../spec/source.ts';
import { tf } from '../../tensor/tf.ts';

export interface LabelCounts {
  /** Rows by class. */
  readonly counts: ReadonlyMap<number, number>;
  readonly rows: number;
  /** Rows that were not counted, of a very long table. */
  readonly rest: number;
}

/** So many rows are enough to know shares to a percent. */
const MOST_ROWS = 20_000;

/** Of an epoch of training rows and of the test rows; null where labels are no classes. */
export async function countLabels(source: Source): Promise<LabelCounts | null> {
  if (!source.labels?.areIntegers) return null;
  const counts = new Map<number, number>();
  let rows = 0;
  for (const batch of batchesOf(source)) {
    try {
      for (const label of (await batch.labels?.data()) ?? []) counts.set(label, (counts.get(label) ?? 0) + 1);
      rows += batch.labels?.size ?? 0;
    } finally {
      tf.dispose([...batch.inputs, ...(batch.labels ? [batch.labels] : [])]);
    }
    if (rows >= MOST_ROWS) break;
  }
  return { counts, rows, rest: Math.max(0, source.trainRows + source.testRows - rows) };
}

function* batchesOf(source: Source): Generator<Batch> {
  for (let step = 0; step < source.stepsPerEpoch; step++) yield source.trainBatch(step);
  if (source.testRows > 0) yield* source.testBatches();
}
