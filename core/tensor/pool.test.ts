import { describe, expect, it } from 'vitest';
import { avgPool, type AvgPoolOptions, maxPool, minPool, sumPool } from './pool.ts';
import { expectAllClose } from './testing/all-close.ts';
import { expectAsRecorded, recordedCases } from './testing/recorded.ts';
import { tf } from './tf.ts';

describe.each([
  ['maxPool', maxPool],
  ['minPool', minPool],
  ['avgPool', avgPool],
] as const)('%s', (op, pool) => {
  it.each(recordedCases(op))('equals Flax, gradients and ties included: $title', (entry) => {
    const { window, ...options } = entry.options as AvgPoolOptions & { window: number[] };
    expectAsRecorded(entry, (x) => pool(x!, window, options));
  });
});

describe('pooling', () => {
  it('sums', () => {
    const x = tf.reshape(tf.range(0, 8), [1, 4, 2]);
    expectAllClose(sumPool(x, [2], { strides: 2 }), [
      [
        [2, 4],
        [10, 12],
      ],
    ]);
  });

  it('keeps infinities, and gives the identity where a window holds padding only', () => {
    const x = tf.mul(tf.ones([1, 2, 1]), -Infinity);
    expectAllClose(maxPool(x, [1], { padding: [[1, 0]] }), [[[-Infinity], [-Infinity], [-Infinity]]]);
    expectAllClose(minPool(tf.neg(x), [2]), [[[Infinity]]]);
  });

  it('takes the mean of whole numbers in float32, their maximum as it is', () => {
    const x = tf.tensor([0, 1, 2, 3], [1, 4, 1], 'int32');
    expectAllClose(avgPool(x, [2]), [[[0.5], [1.5], [2.5]]]);
    expect(maxPool(x, [2]).dtype).toBe('int32');
  });

  it('gives an empty result where no window fits, and says what does not fit', () => {
    expect(maxPool(tf.ones([1, 2, 3]), [4]).shape).toEqual([1, 0, 3]);
    expect(() => maxPool(tf.ones([1, 2, 3]), [2, 2])).toThrow('a window of as many');
    expect(() => avgPool(tf.ones([1, 2, 3]), [2], { padding: [[-1, 0]] })).toThrow('at least 0');
  });
});
