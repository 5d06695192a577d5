import { expect, it } from 'vitest';
import { tf } from '../tf.ts';

const product = (a: tf.Tensor, b: tf.Tensor, transposeA: boolean, transposeB: boolean): number[] =>
  tf.tidy(() => [...tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, transposeA, transposeB).dataSync()]);

/** exp writes 1 where no number is; computed on the backend, and then multiplied. */
const exp = (values: number[][]) => tf.exp(tf.tensor2d(values));

it('adds no term that is not there, whatever elementwise kernels left behind the end', () => {
  tf.tidy(() => {
    const row = exp([[0, 0, 0]]);
    expect(product(row, row, true, false)).toEqual(Array.from({ length: 9 }, () => 1));
    expect(product(row, row, false, true)).toEqual([3]);
    const [a, b] = [exp([[0, 0, 0]]), exp([[0], [0], [0]])];
    expect(product(a, b, false, false)).toEqual([3]);
    expect(product(b, a, true, true)).toEqual([3]);
    const threeExamples = exp([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(product(threeExamples, threeExamples, true, false)).toEqual([3, 3, 3, 3]);
  });
});

it('does so where a vector was taken for a matrix', () => {
  tf.tidy(() => {
    const vector = tf.relu(tf.tensor1d([1, 2, 3]));
    const row = tf.reshape(vector, [1, 3]);
    expect(product(row, row, true, false)).toEqual([1, 2, 3, 2, 4, 6, 3, 6, 9]);
  });
});

it('does so in stacks of matrices and in convolutions by one pixel', () => {
  tf.tidy(() => {
    const stack = tf.exp(tf.zeros([2, 3, 1]));
    expect([...tf.matMul(stack, stack, true, false).dataSync()]).toEqual([3, 3]);
    const image = tf.exp(tf.zeros([1, 1, 1, 3])) as tf.Tensor4D;
    const filter = tf.exp(tf.zeros([1, 1, 3, 1])) as tf.Tensor4D;
    expect([...tf.conv2d(image, filter, 1, 'valid').dataSync()]).toEqual([3]);
  });
});

it('scatters no update that is not there', () => {
  tf.tidy(() => {
    const updates = tf.exp(tf.zeros([3, 3]));
    const rows = tf.tensor2d([[2], [1], [2]], [3, 1], 'int32');
    expect([...tf.scatterND(rows, updates, [4, 3]).dataSync()]).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 0]);
    const one = tf.scatterND(tf.tensor2d([[2]], [1, 1], 'int32'), tf.exp(tf.zeros([1, 3])), [4, 3]);
    expect([...one.dataSync()]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0]);
  });
});
