/** @file Sequences of different lengths: turning them around, and finding their last step. */
import { tf } from '../../tensor/tf.ts';
import { partsOf, type Carry } from './recurrent-cell.ts';

export interface FlipOptions {
  readonly numBatchDims: number;
  /** Time is the first axis, before the batch. */
  readonly timeMajor: boolean;
}

/**
 * Turns sequences around in time: [[1, 0, 0], [2, 3, 0], [4, 5, 6]] of lengths 1, 2, 3 becomes [[1, 0, 0], [3, 2, 0], [6, 5, 4]].
 * Without lengths, all steps count. The caller disposes the result. Port of flax.nnx.nn.recurrent.flip_sequences.
 */
export function flipSequences(inputs: tf.Tensor, seqLengths: tf.Tensor | null, { numBatchDims, timeMajor }: FlipOptions): tf.Tensor {
  const timeAxis = timeMajor ? 0 : numBatchDims;
  if (!seqLengths) return tf.reverse(inputs, timeAxis);
  return tf.tidy(() => {
    const steps = inputs.shape[timeAxis]!;
    const timeLast = moveTime(inputs, 0, timeMajor ? numBatchDims : 0);
    const batch = timeLast.shape.slice(0, numBatchDims);
    const rows = product(batch);
    const lengths = tf.reshape(tf.cast(seqLengths, 'int32'), [rows, 1]);
    const backwards = tf.add(tf.range(steps - 1, -1, -1, 'int32'), lengths);
    const times = tf.mod(backwards, tf.scalar(steps, 'int32'));
    const offsets = tf.reshape(tf.range(0, rows * steps, steps, 'int32'), [rows, 1]);
    const flat = tf.reshape(timeLast, [rows * steps, ...timeLast.shape.slice(numBatchDims + 1)]);
    const flipped = tf.gather(flat, tf.reshape(tf.add(times, offsets), [rows * steps]));
    return moveTime(tf.reshape(flipped, timeLast.shape), timeMajor ? numBatchDims : 0, 0);
  });
}

/** Moves an axis, or gives the tensor itself where there is nothing to move. */
function moveTime(x: tf.Tensor, from: number, to: number): tf.Tensor {
  if (from === to) return x;
  const order = x.shape.map((_, i) => i);
  order.splice(to, 0, ...order.splice(from, 1));
  return tf.transpose(x, order);
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1);
}

/**
 * The carry after the last step that counts of each sequence, from the carries after all steps. As Flax indexes, a length of 0 means the
 * last of all, and one beyond the end too; unlike there, any number of batch axes will do.
 */
export function lastCarry(carries: readonly Carry[], seqLengths: tf.Tensor): readonly tf.Tensor[] {
  const steps = carries.map(partsOf);
  return steps[0]!.map((_, part) =>
    selectLast(
      steps.map((parts) => parts[part]!),
      seqLengths,
    ),
  );
}

function selectLast(steps: readonly tf.Tensor[], seqLengths: tf.Tensor): tf.Tensor {
  const { shape } = steps[0]!;
  const [time, rows] = [steps.length, seqLengths.size];
  const end = tf.sub(tf.cast(tf.reshape(seqLengths, [rows]), 'int32'), tf.scalar(1, 'int32'));
  const counted = tf.where(tf.less(end, tf.scalar(0, 'int32')), tf.add(end, tf.scalar(time, 'int32')), end);
  const last = tf.minimum(tf.maximum(counted, tf.scalar(0, 'int32')), tf.scalar(time - 1, 'int32'));
  const places = tf.add(tf.mul(last, tf.scalar(rows, 'int32')), tf.range(0, rows, 1, 'int32')) as tf.Tensor1D;
  const flat = tf.reshape(tf.stack([...steps]), [time * rows, ...shape.slice(seqLengths.rank)]);
  return tf.reshape(tf.gather(flat, places), shape);
}
