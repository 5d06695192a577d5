/** @file The numbers of a box of a tensor, without those around it. */
import { fail } from '../spec/run-error.ts';
import { tf } from '../tensor/tf.ts';
import type { TensorPart } from './protocol.ts';

/** Up to so many numbers come whole and are cut here: a shader for each new shape would take longer. They are read once for all parts. */
const SMALL = 2 ** 16;

/** Row-major. The tensor stays the caller's. @throws RunError where the part does not lie in it. */
export async function readPart(tensor: tf.Tensor, part: TensorPart): Promise<Float32Array> {
  const { begin, size } = part;
  const isInside =
    begin.length === tensor.rank &&
    size.length === tensor.rank &&
    tensor.shape.every((length, axis) => begin[axis]! >= 0 && size[axis]! >= 0 && begin[axis]! + size[axis]! <= length);
  if (!isInside) {
    const got = `[${size.join(', ')}] from [${begin.join(', ')}]`;
    fail('run/part', `Expected a part of (${tensor.shape.join(', ')}), got ${got}.`, 'Ask for less.');
  }
  if (tensor.size <= SMALL) return cut(await tensor.data<'float32'>(), tensor.shape, part);
  const box = tf.slice(tensor, [...begin], [...size]);
  try {
    return Float32Array.from(await box.data<'float32'>());
  } finally {
    box.dispose();
  }
}

function cut(data: ArrayLike<number>, shape: readonly number[], { begin, size }: TensorPart): Float32Array {
  const numbers = new Float32Array(tf.util.sizeFromShape([...size]));
  let next = 0;
  const copy = (axis: number, start: number): void => {
    if (axis === shape.length) {
      numbers[next++] = data[start]!;
      return;
    }
    for (let i = 0; i < size[axis]!; i++) copy(axis + 1, start * shape[axis]! + begin[axis]! + i);
  };
  copy(0, 0);
  return numbers;
}
