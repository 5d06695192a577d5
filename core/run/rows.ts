/** @file Some rows of a batch. */
import { fail } from '../spec/run-error.ts';
import type { Batch } from '../spec/source.ts';
import { tf } from '../tensor/tf.ts';
import type { RowRange } from './records.ts';

export function rowsOf({ inputs, labels }: Batch): number {
  return inputs[0]?.shape[0] ?? labels?.shape[0] ?? 0;
}

/** Takes the batch over, and gives one of these rows alone, which is the caller's. @throws RunError where it does not have them. */
export function takeRows(batch: Batch, rows: RowRange | undefined): Batch {
  if (!rows) return batch;
  const { from, count } = rows;
  const all = [...batch.inputs, ...(batch.labels ? [batch.labels] : [])];
  const total = rowsOf(batch);
  const isInside = Number.isInteger(from) && Number.isInteger(count) && from >= 0 && count >= 1 && from + count <= total;
  if (!isInside) {
    tf.dispose(all);
    fail('run/rows', `Expected rows within the ${total} of the batch, got ${count} from ${from}.`, 'Choose other rows, or another batch.');
  }
  const cut = (x: tf.Tensor): tf.Tensor => tf.slice(x, [from], [count]);
  const taken = { inputs: batch.inputs.map(cut), labels: batch.labels && cut(batch.labels) };
  tf.dispose(all);
  return taken;
}
