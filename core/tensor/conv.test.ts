import { describe, expect, it } from 'vitest';
import { conv, type ConvOptions } from './conv.ts';
import { convTranspose, type ConvTransposeOptions } from './conv-transpose.ts';
import { expectAsRecorded, recordedCases } from './testing/recorded.ts';
import { tf } from './tf.ts';

describe('conv', () => {
  it.each(recordedCases('conv'))('equals jax.lax.conv_general_dilated, gradients included: $title', (entry) => {
    expectAsRecorded(entry, (x, kernel) => conv(x!, kernel!, entry.options as ConvOptions));
  });

  it('says what does not fit', () => {
    const x = tf.zeros([1, 5, 5, 4]);
    expect(() => conv(x, tf.zeros([3, 3, 4, 2]), { featureGroupCount: 3 })).toThrow('featureGroupCount 3 must divide the 4 input channels');
    expect(() => conv(x, tf.zeros([3, 3, 3, 2]))).toThrow('The kernel must have 4 input channels');
    expect(() => conv(x, tf.zeros([3, 4, 2]))).toThrow('1 to 3 spatial axes');
    expect(() => conv(x, tf.zeros([3, 3, 4, 2]), { strides: [1] })).toThrow(
      'strides takes one whole number of at least 1 per spatial axis',
    );
    expect(() => conv(x, tf.zeros([3, 3, 4, 2]), { padding: [[1, 1]] })).toThrow("'SAME_LOWER', 'VALID', or 2 pairs");
    expect(() => conv(x, tf.zeros([3, 3, 4, 2]), { padding: 'SAME', inputDilation: 2 })).toThrow('not defined for a dilated input');
    x.dispose();
  });

  it('convolves an empty batch', () => {
    expect(conv(tf.zeros([0, 5, 2]), tf.ones([3, 2, 4])).shape).toEqual([0, 3, 4]);
  });
});

describe('convTranspose', () => {
  it.each(recordedCases('convTranspose'))('equals jax.lax.conv_transpose, gradients included: $title', (entry) => {
    expectAsRecorded(entry, (x, kernel) => convTranspose(x!, kernel!, entry.options as ConvTransposeOptions));
  });
});
