import { describe, expect, it } from 'vitest';
import { tf } from '../tensor/tf.ts';
import { findSource } from '../registry.gen.ts';
import type { Batch, Source, SourceInput } from '../spec/source.ts';

const openSource = (
  { type, args }: { readonly type: string; readonly args: Readonly<Record<string, unknown>> },
  inputs: readonly SourceInput[],
  batchSize: number,
  files: Readonly<Record<string, string>>,
): Source => findSource(type)!.open(args, { inputs, batchSize, seed: 0, readText: (file) => files[file] });

const x: SourceInput = { name: 'x', shape: ['batch', 2], dtype: 'float32' };
const csv = (more: Readonly<Record<string, unknown>> = {}) => ({
  type: 'csv',
  args: { file: 'points.csv', label: 'y', scale: 1, testRows: 0, ...more },
});
const POINTS = 'a,y,b\n1,0,10\n2,1,20\n3,2,30\n4,3,40\n5,4,50\n';

/** The numbers of a batch; disposes it and checks that nothing else was left. */
function read(make: () => Batch) {
  const before = tf.memory().numTensors;
  const { inputs, labels } = make();
  const numbers = { inputs: inputs.map((input) => ({ shape: input.shape, dtype: input.dtype, data: [...input.dataSync()] })), labels };
  const read = { ...numbers, labels: labels && [...labels.dataSync()], labelsDtype: labels?.dtype };
  tf.dispose([...inputs]);
  labels?.dispose();
  expect(tf.memory().numTensors).toBe(before);
  return read;
}

const FILES = { 'points.csv': POINTS };

describe('a table', () => {
  it('uses every training row once in each epoch, in another order each time, the last batch smaller (T1)', () => {
    const source = openSource(csv({ testRows: 1 }), [x], 3, FILES);
    expect(source).toMatchObject({
      trainRows: 4,
      testRows: 1,
      stepsPerEpoch: 2,
      labels: { areWords: false, areIntegers: true, min: 0, max: 4 },
    });
    const [tested] = read(() => [...source.testBatches()][0] as Batch).labels!;
    const epochs = [0, 1, 2].map((epoch) => [0, 1].map((step) => read(() => source.trainBatch(2 * epoch + step)).labels!));
    for (const epoch of epochs) {
      expect(epoch.map((labels) => labels.length)).toEqual([3, 1]);
      expect([...epoch.flat(), tested].sort()).toEqual([0, 1, 2, 3, 4]);
    }
    expect(new Set(epochs.map((epoch) => String(epoch))).size).toBeGreaterThan(1);
  });

  it('tells of a word among the numbers before any run, also where the shape does not fit yet (T8, T9)', () => {
    const text = 'a,b,y\n1,2,0\n3,four,1\n';
    const faults = findSource('csv')!.check(csv().args, {
      inputs: [{ ...x, shape: ['batch', 5] }],
      batchSize: 1,
      seed: 0,
      readText: () => text,
    });
    expect(faults.map(({ code }) => code)).toEqual(['data/features', 'data/not-a-number']);
    expect(faults[1]!.got).toContain('Line 3, column 2');
  });

  it('keeps the features of a row with its label', () => {
    const source = openSource(csv(), [x], 64, FILES);
    const { inputs, labels } = read(() => source.trainBatch(0));
    for (const [i, label] of labels!.entries()) expect(inputs[0]!.data.slice(2 * i, 2 * i + 2)).toEqual([label + 1, 10 * (label + 1)]);
  });

  it('divides features, not labels, and shapes rows as the input wants them (T5)', () => {
    const picture: SourceInput = { name: 'picture', shape: ['batch', 2, 1, 1], dtype: 'float32' };
    const { inputs, labels } = read(() => openSource(csv({ scale: 10 }), [picture], 1, FILES).trainBatch(2));
    const [label = NaN] = labels!;
    expect(inputs[0]?.shape).toEqual([1, 2, 1, 1]);
    expect(inputs[0]?.data).toEqual([Math.fround((label + 1) / 10), label + 1]);
  });

  it('feeds whole numbers to an input of ids, and knows their range by column (T5, T10)', () => {
    const source = openSource(csv(), [{ ...x, dtype: 'int32' }], 5, FILES);
    expect(read(() => source.trainBatch(0)).inputs[0]?.dtype).toBe('int32');
    expect(source.ranges?.()).toEqual([
      { name: 'a', min: 1, minRow: 1, max: 5, maxRow: 5 },
      { name: 'b', min: 10, minRow: 1, max: 50, maxRow: 5 },
    ]);
  });

  it('standardises by the training rows alone (T8)', () => {
    const source = openSource(csv({ testRows: 1, standardize: true }), [x], 4, FILES);
    const { inputs } = read(() => source.trainBatch(0));
    const column = inputs[0]!.data.filter((_, i) => i % 2 === 0);
    expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 6);
    expect(column.reduce((sum, value) => sum + value ** 2, 0) / 4).toBeCloseTo(1, 6);
  });

  it('fills a gap with the mean of the training rows, or with 0, or leaves the row out and says so (T8)', () => {
    const text = { 'points.csv': 'a,b,y\n2,1,0\n,1,1\n4,1,0\n6,1,1\n' };
    const filled = (missing: string) =>
      read(() => openSource(csv({ missing }), [x], 8, text).trainBatch(0)).inputs[0]!.data.filter((_, i) => i % 2 === 0);
    expect(filled('mean').sort()).toEqual([2, 4, 4, 6]);
    expect(filled('zero').sort()).toEqual([0, 2, 4, 6]);
    expect(filled('skip').sort()).toEqual([2, 4, 6]);
    expect(openSource(csv(), [x], 8, text).notes.map((note) => note.code)).toEqual(['data/skipped']);
  });

  it('warns of a class that one part lacks', () => {
    const text = { 'points.csv': 'a,b,y\n1,2,0\n1,3,0\n2,1,0\n3,1,1\n' };
    expect(openSource(csv({ testRows: 1 }), [x], 8, text).notes.map((note) => note.code)).toEqual(['data/class-missing']);
  });

  it('takes its text from the assets by name', () => {
    expect(openSource(csv(), [x], 1, FILES).trainRows).toBe(5);
    expect(() => openSource(csv(), [x], 1, {})).toThrow('Expected the text of "points.csv", got none.');
  });

  it.each([
    ['columns that do not fill the input', [{ ...x, shape: ['batch', 3] }], {}, 'expected (batch, 2), as points.csv has 2 features'],
    ['two inputs', [x, x], {}, 'the model has 2'],
    ['no row left to train on', [x], { testRows: 5 }, 'Expected fewer test rows than the 5 rows'],
    ['a scale of 0', [x], { scale: 0 }, 'Expected a number to divide by, got 0'],
  ] as const)('refuses %s', (_, inputs, more, message) => {
    expect(() => openSource(csv(more), inputs, 2, FILES)).toThrow(message);
  });
});

describe('made-up inputs', () => {
  it('are ones of the type that each input takes', () => {
    const ids: SourceInput = { name: 'ids', shape: [3], dtype: 'int32' };
    expect(read(() => openSource({ type: 'ones', args: {} }, [x, ids], 2, {}).trainBatch(0)).inputs).toEqual([
      { shape: [2, 2], dtype: 'float32', data: [1, 1, 1, 1] },
      { shape: [3], dtype: 'int32', data: [1, 1, 1] },
    ]);
  });

  it("are JAX's normal numbers: jax.random.normal(jax.random.key(0), (2, 2))", () => {
    const { inputs } = read(() => openSource({ type: 'normal', args: { seed: 0 } }, [x], 2, {}).trainBatch(0));
    // Printed by jax 0.10.2: [[1.6226422, 2.0252647], [-0.43359444, -0.07861735]]
    const expected = [1.6226422, 2.0252647, -0.43359444, -0.07861735];
    for (const [i, value] of expected.entries()) expect(inputs[0]?.data[i]).toBeCloseTo(value, 6);
  });

  it.each([
    [{ ...x, shape: null }, 'Input "x" has no shape'],
    [{ ...x, shape: ['batch', 'time'] }, 'expected a number for "time"'],
    [{ ...x, dtype: 'int32' }, 'normal numbers are float32'],
  ] as const)('refuse %j', (input, message) => {
    expect(() => openSource({ type: 'normal', args: { seed: 0 } }, [input], 2, {})).toThrow(message);
  });
});
