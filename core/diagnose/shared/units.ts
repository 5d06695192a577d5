/** @file Units of a value: the features of its last axis, each over all rows and places. */
import { readMany } from '../../tensor/read-many.ts';
import { tf } from '../../tensor/tf.ts';

export interface DeadUnits {
  readonly units: number;
  /** 0 everywhere, though something else than 0 came in. */
  readonly dead: number;
  /** 0 everywhere, as was all that came in. */
  readonly idle: number;
}

/** `output` and `input` hold as many numbers; they stay the caller's. */
export async function deadUnits(output: tf.Tensor, input: tf.Tensor): Promise<DeadUnits> {
  const features = output.shape.at(-1) ?? 1;
  const largest = (x: tf.Tensor): tf.Tensor => tf.max(tf.abs(tf.reshape(tf.cast(x, 'float32'), [-1, features])), 0);
  const [out, into] = tf.tidy(() => [largest(output), largest(input)] as [tf.Tensor, tf.Tensor]);
  try {
    const [outs = [], ins = []] = (await readMany([out, into])).map((each) => [...each]);
    const off = outs.map((value, i) => ({ isOff: value === 0, isIdle: ins[i] === 0 }));
    return {
      units: features,
      dead: off.filter(({ isOff, isIdle }) => isOff && !isIdle).length,
      idle: off.filter(({ isOff, isIdle }) => isOff && isIdle).length,
    };
  } finally {
    tf.dispose([out, into]);
  }
}
