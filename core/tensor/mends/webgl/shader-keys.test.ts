import { expect, it } from 'vitest';
import { countTensors } from '../../memory.ts';
import { expectAllClose } from '../../testing/all-close.ts';
import { tf } from '../../tf.ts';

it('reads the same numbers however they lie in a texture, whatever ran before', () => {
  const before = countTensors();
  const numbers = Array.from({ length: 24 }, (_, i) => i + 1);
  tf.tidy(() => {
    for (const shape of [[4, 6], [2, 12], [24], [24, 1], [6, 4], [1, 4, 6, 1], [4, 6]]) {
      // selu lays its result out by its own shape; pad takes it in another, and packs it.
      const laid = tf.selu(tf.tensor(numbers, shape));
      const scale = 1.0507009873554805;
      const expected = [...numbers.map((n) => n * scale), 0, 0, 0, 0, 0, 0];
      const padded = tf.pad(tf.reshape(laid, [1, 4, 6, 1]), [
        [0, 0],
        [0, 1],
        [0, 0],
        [0, 0],
      ]);
      expectAllClose(tf.reshape(padded, [30]), expected);
    }
  });
  expect(countTensors()).toBe(before);
});
