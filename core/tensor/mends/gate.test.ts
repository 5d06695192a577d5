import { expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { gate } from './gate.ts';

const numbers = [1, -2, NaN, Infinity, -Infinity, 3, NaN, 0.5, 7];
const by = [1, 0, 0, -1, NaN, 1e-30, 2, Infinity, -0];

it('a gate lets through what comes where the other number is above 0, else 0 whatever comes', () => {
  for (const shape of [[9], [3, 3], [1, 9], [9, 1]])
    tf.tidy(() => {
      const [x, b] = [tf.tensor(numbers, shape), tf.tensor(by, shape)];
      expect([...gate(x, b).dataSync()]).toEqual([1, 0, 0, 0, 0, 3, NaN, 0.5, 0]);
      // Drawn before, one by one and in blocks.
      const drawn = tf.selu(tf.tensor([1, 0, 0, -1, -2, 0.1, 2, 5, -3], shape));
      expect([...gate(tf.mul(x, 1), drawn).dataSync()]).toEqual([1, 0, 0, 0, 0, 3, NaN, 0.5, 0]);
    });
});

it('relu has the gradient of a gate, and no second derivative', () =>
  tf.tidy(() => {
    const x = tf.tensor1d([-1, 0, 2, NaN, 3]);
    const dy = tf.tensor1d([NaN, Infinity, 5, 6, -7]);
    const first = (x: tf.Tensor) => tf.grad(tf.relu)(x, dy);
    expect([...first(x).dataSync()]).toEqual([0, 0, 5, 0, -7]);
    const twice = tf.grad((x: tf.Tensor) => tf.grad((x: tf.Tensor) => tf.square(tf.relu(x)))(x));
    expect([...twice(tf.tensor1d([-1, 2, 3])).dataSync()]).toEqual([0, 2, 2]);
    return [];
  }));
