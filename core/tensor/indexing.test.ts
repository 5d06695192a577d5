import { describe, expect, it } from 'vitest';
import { cumprod, cumsum } from './cumulative.ts';
import { pad, type PadMode } from './pad.ts';
import { slice, type Range } from './slice.ts';
import { logSoftmax, logSumExp, softmax } from './softmax.ts';
import { take, takeAlongAxis } from './take.ts';
import { gradients } from './gradients.ts';
import { expectAllClose } from './testing/all-close.ts';
import { expectAsRecorded, recordedCases } from './testing/recorded.ts';
import { tf } from './tf.ts';

type Ranges = (readonly [number | null, number | null, number | null] | number | null)[];

const indicesOf = (options: unknown) => tf.tensor((options as { indices: number[] }).indices, undefined, 'int32');

describe('slice', () => {
  it.each(recordedCases('slice'))('equals NumPy, gradients included: $title', (entry) => {
    const ranges = (entry.options as { ranges: Ranges }).ranges.map((r): Range | number | null =>
      Array.isArray(r) ? { start: r[0], stop: r[1], step: r[2] } : (r as number | null),
    );
    expectAsRecorded(entry, (x) => slice(x!, ranges));
  });

  it('says what it cannot slice', () => {
    const x = tf.zeros([2, 3]);
    expect(() => slice(x, [2])).toThrow('Index 2 lies outside of axis 0 of size 2');
    expect(() => slice(x, [{ step: 0 }])).toThrow('A step is a whole number other than 0');
    expect(() => slice(x, [0, 0, 0])).toThrow('A tensor of 2 axes cannot be sliced along 3');
    x.dispose();
  });
});

describe('take', () => {
  it.each(recordedCases('take'))('equals jnp.take, gradients included: $title', (entry) => {
    const { axis } = entry.options as { axis: number };
    expectAsRecorded(entry, (x) => tf.tidy(() => take(x!, indicesOf(entry.options), axis)));
  });

  it.each(recordedCases('takeAlongAxis'))('along an axis equals jnp.take_along_axis, gradients included: $title', (entry) => {
    const { axis } = entry.options as { axis: number };
    expectAsRecorded(entry, (x) => tf.tidy(() => takeAlongAxis(x!, indicesOf(entry.options), axis)));
  });

  it('has no gradient where the index is out of range', () => {
    tf.tidy(() => {
      const x = tf.tensor([1, 2, 3]);
      const [grad] = gradients(() => take(x, tf.tensor1d([0, 7, 0, -9], 'int32')), [x]);
      expectAllClose(grad!, [2, 0, 0]);
    });
  });

  it('refuses to take from an empty axis, and finds nothing along it', () => {
    tf.tidy(() => {
      expect(() => take(tf.zeros([2, 0]), tf.tensor1d([0], 'int32'), 1)).toThrow('nothing to take from axis 1 of the shape [2, 0]');
      expect(take(tf.zeros([2, 0]), tf.tensor1d([], 'int32'), 1).shape).toEqual([2, 0]);
      expectAllClose(takeAlongAxis(tf.zeros([0]), tf.tensor1d([0, 0], 'int32'), 0), [0, 0]);
    });
  });

  it('says which axis there is not', () => {
    expect(() => take(tf.zeros([2]), tf.tensor1d([0], 'int32'), 1)).toThrow('has no axis 1');
    expect(() => takeAlongAxis(tf.zeros([2, 3]), tf.zeros([3, 3], 'int32'), 1)).toThrow('the shape of the tensor but for axis 1');
  });
});

describe('pad', () => {
  it.each(recordedCases('pad'))('equals jnp.pad, gradients included: $title', (entry) => {
    const { pairs, mode } = entry.options as { pairs: [number, number][]; mode: PadMode };
    expectAsRecorded(entry, (x) => pad(x!, pairs, mode));
  });

  it('says what it cannot pad', () => {
    expect(() =>
      pad(
        tf.zeros([2, 0]),
        [
          [0, 0],
          [1, 0],
        ],
        'wrap',
      ),
    ).toThrow('Axis 1 is empty');
    expect(() => pad(tf.zeros([2]), [[-1, 0]])).toThrow('at least 0');
  });
});

describe('along any axis', () => {
  const axisOf = (options: unknown) => (options as { axis: number }).axis;
  it.each(recordedCases('softmax'))('softmax equals JAX: $title', (entry) => {
    expectAsRecorded(entry, (x) => softmax(x!, axisOf(entry.options)));
  });
  it.each(recordedCases('logSoftmax'))('logSoftmax equals JAX: $title', (entry) => {
    expectAsRecorded(entry, (x) => logSoftmax(x!, axisOf(entry.options)));
  });
  it.each(recordedCases('logSumExp'))('logSumExp equals JAX: $title', (entry) => {
    expectAsRecorded(entry, (x) => logSumExp(x!, axisOf(entry.options) ?? undefined));
  });
  it.each(recordedCases('cumsum'))('cumsum equals JAX: $title', (entry) => {
    expectAsRecorded(entry, (x) => cumsum(x!, axisOf(entry.options), entry.options as { reverse: boolean }));
  });
  it.each(recordedCases('cumprod'))('cumprod equals JAX: $title', (entry) => {
    expectAsRecorded(entry, (x) => cumprod(x!, axisOf(entry.options), entry.options as { reverse: boolean }));
  });
});
