/** @file What the labels of the data are like: how often each class occurs, or where the numbers lie. */
import type { Batch, Source } from '../../spec/source.ts';
import { tf } from '../../tensor/tf.ts';

export interface LabelCounts {
  /** Rows by class; null where labels are no whole numbers. */
  readonly counts: ReadonlyMap<number, number> | null;
  readonly rows: number;
  /** Rows that were not counted, of a very long table. */
  readonly rest: number;
  readonly mean: number;
  /** Population variance: the squared error of whoever always answers the mean. */
  readonly variance: number;
}

/** So many rows are enough to know shares to a percent. */
const MOST_ROWS = 20_000;

/** Of an epoch of training rows and of the test rows; null without labels. */
export async function countLabels(source: Source): Promise<LabelCounts | null> {
  if (!source.labels) return null;
  const counts = new Map<number, number>();
  let [rows, sum, squares] = [0, 0, 0];
  for await (const labels of labelsOf(source)) {
    for (const label of labels) {
      if (source.labels.areIntegers) counts.set(label, (counts.get(label) ?? 0) + 1);
      rows++;
      sum += label;
      squares += label * label;
    }
    if (rows >= MOST_ROWS) break;
  }
  const mean = sum / Math.max(1, rows);
  return {
    counts: source.labels.areIntegers ? counts : null,
    rows,
    rest: Math.max(0, source.trainRows + source.testRows - rows),
    mean,
    variance: squares / Math.max(1, rows) - mean * mean,
  };
}

/** In pieces. */
async function* labelsOf(source: Source): AsyncGenerator<Float32Array | Int32Array | Uint8Array> {
  if (source.labelValues) {
    yield source.labelValues().subarray(0, MOST_ROWS);
    return;
  }
  for (const batch of batchesOf(source)) {
    try {
      yield (await batch.labels?.data()) ?? new Float32Array();
    } finally {
      tf.dispose([...batch.inputs, ...(batch.labels ? [batch.labels] : [])]);
    }
  }
}

function* batchesOf(source: Source): Generator<Batch> {
  for (let step = 0; step < source.stepsPerEpoch; step++) yield source.trainBatch(step);
  if (source.testRows > 0) yield* source.testBatches();
}

/** The class that most rows have, and their share. */
export function majorityOf({ counts, rows }: LabelCounts): { readonly label: number; readonly share: number } | null {
  if (!counts || counts.size === 0) return null;
  const [label, most] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  return { label, share: most / rows };
}

/** The cross-entropy of whoever always answers with the shares of the classes, in nats. */
export function entropyOf({ counts, rows }: LabelCounts): number | null {
  return counts && [...counts.values()].reduce((sum, each) => sum - (each / rows) * Math.log(each / rows), 0);
}
