import { describe, expect, it } from 'vitest';
import recorded from '../../fixtures/recorded/shuffling.json';
import { epochOrder, splitRows } from './split.ts';

describe('rows shuffled by a key of the seed (T1)', () => {
  it.each(recorded)('are split and taken in the order that JAX gives: $name', ({ labels, testRows, seed, batchSize, test, batches }) => {
    const split = splitRows(labels.length, testRows, seed, labels);
    expect([...split.test]).toEqual(test);
    const perEpoch = Math.ceil(split.train.length / batchSize);
    const taken = batches.map((_, step) => {
      const order = epochOrder(split.train.length, seed, Math.floor(step / perEpoch));
      const from = (step % perEpoch) * batchSize;
      return [...order.subarray(from, from + batchSize)].map((at) => split.train[at]);
    });
    expect(taken).toEqual(batches);
    // Every training row once in each epoch.
    expect(
      batches
        .slice(0, perEpoch)
        .flat()
        .sort((a, b) => a - b),
    ).toEqual([...split.train].sort((a, b) => a - b));
  });

  it('give every class to both parts where it has two rows', () => {
    const labels = [...Array<number>(50).fill(0), ...Array<number>(50).fill(1), 2, 2];
    const { train, test } = splitRows(labels.length, 20, 1, labels);
    expect([train.length, test.length]).toEqual([82, 20]);
    for (const part of [train, test]) expect(new Set(Array.from(part, (row) => labels[row]))).toEqual(new Set([0, 1, 2]));
  });
});
