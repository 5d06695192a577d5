import { describe, expect, it } from 'vitest';
import { tf } from '../tensor/tf.ts';
import { readPart } from './read-part.ts';

describe('a part of a tensor (N6)', () => {
  it.each([
    ['small', [3, 4, 5]],
    ['large', [40, 41, 50]],
  ])('of a %s one has the numbers that a slice has, and leaves no tensor behind', async (_, shape) => {
    const tensor = tf.reshape(tf.range(0, tf.util.sizeFromShape(shape)), shape);
    const before = tf.memory().numTensors;
    const part = { begin: [1, 0, 2], size: [2, 4, 3] };
    const numbers = [...(await readPart(tensor, part))];
    expect(tf.memory().numTensors).toBe(before);
    expect(numbers).toEqual([...tf.tidy(() => tf.slice(tensor, part.begin, part.size).dataSync())]);
    tensor.dispose();
  });

  it('is the number itself of a scalar, and may be empty', async () => {
    const [scalar, empty] = [tf.scalar(7), tf.zeros([0, 4])];
    expect([...(await readPart(scalar, { begin: [], size: [] }))]).toEqual([7]);
    expect((await readPart(empty, { begin: [0, 0], size: [0, 4] })).length).toBe(0);
    tf.dispose([scalar, empty]);
  });

  it.each([
    [[0], [1]],
    [
      [0, 3],
      [2, 2],
    ],
    [
      [-1, 0],
      [1, 1],
    ],
  ])('that is not in it is refused: %j, %j', async (begin, size) => {
    const tensor = tf.zeros([2, 4]);
    await expect(readPart(tensor, { begin, size })).rejects.toMatchObject({ problem: { code: 'run/part' } });
    tensor.dispose();
  });
});
