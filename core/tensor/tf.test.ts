import { expect, it } from 'vitest';
import { tf } from './tf.ts';

it('differentiates with the backend that the set-up picked', () => {
  const before = tf.memory().numTensors;
  const gradient = tf.tidy(() => tf.grad((x) => tf.square(x))(tf.scalar(3)));
  expect(gradient.dataSync()[0]).toBeCloseTo(6, 5);
  gradient.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
