/** @file Sequences of different lengths: turning them around, and finding their last step. */
import { ValueError } from '../../nnx/errors.ts';
import { tf } from '../../tensor/tf.ts';
import type { Carry } from './recurrent-cell.ts';

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
 * The carry after the last step that counts of each sequence.
 * @throws ValueError unless there is exactly one batch axis.
 */
export function lastCarry(carries: readonly Carry[], seqLengths: tf.Tensor): tf.Tensor | [tf.Tensor, tf.Tensor] {
  if (carries[0] instanceof tf.Tensor) return selectLast(carries as readonly tf.Tensor[], seqLengths);
  const pairs = carries as readonly (readonly [tf.Tensor, tf.Tensor])[];
  return [0, 1].map((part) =>
    selectLast(
      pairs.map((pair) => pair[part]!),
      seqLengths,
    ),
  ) as [tf.Tensor, tf.Tensor];
}

function selectLast(steps: readonly tf.Tensor[], seqLengths: tf.Tensor): tf.Tensor {
  const [batch, ...rest] = steps[0]!.shape as [number, ...number[]];
  if (seqLengths.rank !== 1 || steps[0]!.rank !== 2) {
    throw new ValueError(
      `seqLengths with returnCarry needs exactly one batch axis, got lengths of shape (${seqLengths.shape.join(', ')}). Merge the batch axes first.`,
    );
  }
  // A length of 0 has no last step; like Python's index -1, it gives the last of all.
  const last = tf.mod(tf.add(tf.cast(seqLengths, 'int32'), tf.scalar(steps.length - 1, 'int32')), tf.scalar(steps.length, 'int32'));
  const rows = tf.add(tf.mul(last, tf.scalar(batch, 'int32')), tf.range(0, batch, 1, 'int32'));
  return tf.gather(tf.reshape(tf.stack([...steps]), [steps.length * batch, ...rest]), rows as tf.Tensor1D);
}
