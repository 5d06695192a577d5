import { expect, it } from 'vitest';
import { defineFused } from './fused.ts';
import { tf } from './tf.ts';

const scaledSum = defineFused({
  name: 'TestScaledSum',
  tensors: ['A', 'B'],
  numbers: ['factor'],
  shader: 'a + factor * b',
  loop: (out, [a, b], [factor]) => {
    for (let i = 0; i < out.length; i += 1) out[i] = a![i]! + factor! * b![i]!;
  },
});

it.each([[[]], [[1]], [[5]], [[3, 5]], [[2, 3, 3]], [[2, 2, 3, 1]]])('computes a formula over tensors of shape %j', (shape) => {
  const before = tf.memory().numTensors;
  const size = tf.util.sizeFromShape(shape);
  const a = tf.tensor(
    Array.from({ length: size }, (_, i) => i),
    shape,
  );
  const b = tf.tensor(
    Array.from({ length: size }, (_, i) => 10 * i + 1),
    shape,
  );
  const first = scaledSum([a, b], [0.5]);
  const again = scaledSum([first, a], [-2]);
  expect(first.shape).toEqual(shape);
  expect([...first.dataSync()]).toEqual(Array.from({ length: size }, (_, i) => i + 0.5 * (10 * i + 1)));
  expect([...again.dataSync()]).toEqual(Array.from({ length: size }, (_, i) => i + 0.5 * (10 * i + 1) - 2 * i));
  for (const tensor of [a, b, first, again]) tensor.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it('takes what other kernels made, and its result goes on into them', () => {
  const result = tf.tidy(() => {
    const a = tf.matMul(tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]), tf.tensor2d([1, 0, 0, 1, 1, 1], [3, 2]));
    return tf.matMul(scaledSum([a, tf.transpose(a)], [1]), tf.tensor2d([1, 1], [2, 1]));
  });
  // a = [[4, 5], [10, 11]], a + aᵀ = [[8, 15], [15, 22]]
  expect([...result.dataSync()]).toEqual([23, 37]);
  result.dispose();
});

it('refuses tensors of different shapes', () => {
  const a = tf.zeros([2]);
  const b = tf.zeros([3]);
  expect(() => scaledSum([a, b], [1])).toThrow('expected tensors of one shape, got [2] and [3]');
  tf.dispose([a, b]);
});

it('computes the same with shapes as uniforms of the shader', () => {
  const isWebgl = tf.getBackend() === 'webgl';
  if (isWebgl) tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', true);
  for (const shape of [[3], [3, 5], [5, 3]]) {
    const result = tf.tidy(() => scaledSum([tf.ones(shape), tf.fill(shape, 2)], [3]));
    expect([...result.dataSync()]).toEqual(Array.from({ length: result.size }, () => 7));
    result.dispose();
  }
  if (isWebgl) tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', false);
});
