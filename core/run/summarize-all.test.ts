import { describe, expect, it } from 'vitest';
import { countTensors } from '../tensor/memory.ts';
import { readMany } from '../tensor/read-many.ts';
import { tf } from '../tensor/tf.ts';
import type { Summary } from './protocol.ts';
import { summarize } from './summary.ts';
import { measureAll, summarizeAll } from './summarize-all.ts';

type At = (i: number) => number;

const wave: At = (i) => Math.sin(0.37 * i * i + 1);
const NUMBERS: Readonly<Record<string, At>> = {
  ordinary: (i) => (i % 11 === 0 ? 0 : wave(i)),
  'tiny, as gradients are': (i) => 1e-25 * wave(i),
  vast: (i) => 1e30 * wave(i),
  'far from 0': (i) => 1000 + wave(i),
  'one outlier': (i) => (i === 5 ? 1e6 : wave(i)),
  constant: () => 0.1,
  'partly not finite': (i) => [NaN, Infinity, -Infinity][i % 17] ?? wave(i),
  'not finite at all': (i) => (i % 2 ? NaN : Infinity),
};
const SHAPES = [[1], [3], [4000], [5, 7], [64, 64], [1, 999], [999, 1], [3, 5, 7], [1, 9, 1, 31], [2, 3, 4, 5, 3], [2, 1, 3, 2, 3, 5]];

/** On the card, packed by four or one by one. */
const LAYOUTS: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  packed: (x) => tf.mul(x, 1),
  'one by one': (x) => tf.selu(x),
  'a part of another': (x) => {
    const long = tf.selu(tf.concat([tf.ones([37]), tf.reshape(x, [-1])]));
    return tf.reshape(tf.slice(long, [37], [x.size]), x.shape);
  },
};

function tensorOf(at: At, shape: readonly number[], lay: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  const size = tf.util.sizeFromShape([...shape]);
  return tf.tidy(() =>
    lay(
      tf.tensor(
        Float32Array.from({ length: size }, (_, i) => at(i)),
        [...shape],
      ),
    ),
  );
}

/** Rounding may carry a number over the edge between two bins. */
function expectHistogram(got: Summary['histogram'], wanted: Summary['histogram'], finite: number): void {
  expect([got?.low, got?.high]).toEqual([wanted?.low, wanted?.high]);
  if (!got || !wanted) return;
  expect(got.counts.reduce((a, b) => a + b, 0)).toBe(finite);
  const moved = got.counts.reduce((sum, count, bin) => sum + Math.abs(count - wanted.counts[bin]!), 0) / 2;
  expect(moved).toBeLessThanOrEqual(1 + finite / 100);
}

function expectSame(got: Summary, wanted: Summary): void {
  const exact = ({ shape, dtype, count, min, max, zeros, nans, infinities, head }: Summary) => ({
    shape,
    dtype,
    count,
    min,
    max,
    zeros,
    nans,
    infinities,
    head,
  });
  expect(exact(got)).toEqual(exact(wanted));
  expectHistogram(got.histogram, wanted.histogram, wanted.count - wanted.nans - wanted.infinities);
  if (!Number.isFinite(wanted.norm)) expect(got.norm).toBe(wanted.norm);
  if (wanted.mean === null || wanted.std === null) return expect([got.mean, got.std]).toEqual([null, null]);
  const size = Math.max(Math.abs(wanted.min!), Math.abs(wanted.max!));
  expect(Math.abs(got.mean! - wanted.mean)).toBeLessThanOrEqual(1e-6 * size);
  expect(Math.abs(got.std! - wanted.std)).toBeLessThanOrEqual(1e-4 * wanted.std + 1e-7 * size);
  if (Number.isFinite(wanted.norm)) expect(Math.abs(got.norm! - wanted.norm!)).toBeLessThanOrEqual(1e-5 * wanted.norm!);
}

describe.each(Object.keys(LAYOUTS))('looked at where they lie, %s', (layout) => {
  it.each(Object.keys(NUMBERS))('tensors have the summaries that their numbers have: %s', async (numbers) => {
    const before = countTensors();
    const tensors = SHAPES.map((shape) => tensorOf(NUMBERS[numbers]!, shape, LAYOUTS[layout]!));
    const read = await readMany(tensors);
    const got = await summarizeAll(tensors, 1);
    for (const [i, tensor] of tensors.entries()) expectSame(got[i]!, summarize(read[i]!, tensor.shape, 'float32'));
    const { measured, beside } = await measureAll(tensors, { large: 1, beside: tensors.slice(0, 2).toReversed() });
    expect(measured).toEqual(got.map(({ histogram: _histogram, head: _head, ...statistics }) => statistics));
    expect(beside).toEqual(read.slice(0, 2).toReversed());
    tf.dispose(tensors);
    expect(countTensors()).toBe(before);
  });
});

it('reads many tensors of all types at once, in their order, wherever they lie', async () => {
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
  const whole = tf.scalar(7, 'int32');
  const rows = tf.selu(x);
  const tensors = [tf.relu(x), tf.greater(x, 3), tf.tensor([]), tf.add(whole, whole), x, tf.slice(rows, [1, 0], [1, 3])];
  const read = await readMany(tensors);
  expect(read.slice(0, 5).map((values) => [...values])).toEqual([[1, 2, 3, 4, 5, 6], [0, 0, 0, 1, 1, 1], [], [14], [1, 2, 3, 4, 5, 6]]);
  expect(read[5]![0]).toBeCloseTo(4 * 1.05070098, 5);
  expect(read[3]).toBeInstanceOf(Int32Array);
  // The numbers stay on the card.
  expect([...(await tensors[0]!.data())]).toEqual([1, 2, 3, 4, 5, 6]);
  tf.dispose([...tensors, whole, rows]);
});
