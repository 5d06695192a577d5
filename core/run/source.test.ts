import { describe, expect, it } from 'vitest';
import { tf } from '../tensor/tf.ts';
import { openSource, type Batch, type SourceInput } from './source.ts';

const x: SourceInput = { name: 'x', shape: ['batch', 2], dtype: 'float32' };
const csv = (text: string, more: { testRows?: number; scale?: number } = {}) =>
  ({ kind: 'csv', file: 'points.csv', label: 'y', scale: 1, testRows: 0, text, ...more }) as const;
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

describe('a CSV file', () => {
  it('gives whole batches in file order, and then again from the first row', () => {
    const source = openSource(csv(POINTS, { testRows: 1 }), [x], 2, {});
    expect(source).toMatchObject({ trainRows: 4, testRows: 1, labels: { areWords: false, areIntegers: true, min: 0, max: 4 } });
    expect([0, 1, 2].map((step) => read(() => source.trainBatch(step)).labels)).toEqual([
      [0, 1],
      [2, 3],
      [0, 1],
    ]);
    expect(read(() => source.trainBatch(1))).toEqual({
      inputs: [{ shape: [2, 2], dtype: 'float32', data: [3, 30, 4, 40] }],
      labels: [2, 3],
      labelsDtype: 'int32',
    });
  });

  it('leaves a last batch that is not whole out, and takes fewer rows where there are fewer', () => {
    const source = openSource(csv(POINTS), [x], 3, {});
    expect([0, 1].map((step) => read(() => source.trainBatch(step)).labels)).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(read(() => openSource(csv(POINTS), [x], 64, {}).trainBatch(0)).labels).toEqual([0, 1, 2, 3, 4]);
  });

  it('evaluates on the last rows only', () => {
    const source = openSource(csv(POINTS, { testRows: 2 }), [x], 2, {});
    expect(read(() => [...source.testBatches()][0] as Batch).labels).toEqual([3, 4]);
  });

  it('divides features, not labels, and shapes rows as the input wants them', () => {
    const picture: SourceInput = { name: 'picture', shape: ['batch', 2, 1, 1], dtype: 'float32' };
    const { inputs, labels } = read(() => openSource(csv(POINTS, { scale: 10 }), [picture], 1, {}).trainBatch(2));
    expect(inputs[0]?.shape).toEqual([1, 2, 1, 1]);
    expect(inputs[0]?.data).toEqual([Math.fround(0.3), 3]);
    expect(labels).toEqual([2]);
  });

  it('takes its text from the assets by name', () => {
    const source = { kind: 'csv', file: 'points.csv', label: 'y', scale: 1, testRows: 0 } as const;
    expect(openSource(source, [x], 1, { 'points.csv': POINTS }).trainRows).toBe(5);
    expect(() => openSource(source, [x], 1, {})).toThrow('Expected the text of "points.csv", got none. Open the file again.');
  });

  it.each([
    ['columns that do not fill the input', [{ ...x, shape: ['batch', 3] }], {}, 'takes 3 numbers a row, but points.csv has 2 columns'],
    ['two inputs', [x, x], {}, 'the model has 2'],
    ['no row left to train on', [x], { testRows: 5 }, 'Expected fewer test rows than the 5 rows'],
    ['a scale of 0', [x], { scale: 0 }, 'Expected a number to divide by, got 0'],
  ] as const)('refuses %s', (_, inputs, more, message) => {
    expect(() => openSource(csv(POINTS, more), inputs, 2, {})).toThrow(message);
  });
});

describe('made-up inputs', () => {
  it('are ones of the type that each input takes', () => {
    const ids: SourceInput = { name: 'ids', shape: [3], dtype: 'int32' };
    expect(read(() => openSource({ kind: 'ones' }, [x, ids], 2, {}).trainBatch(0)).inputs).toEqual([
      { shape: [2, 2], dtype: 'float32', data: [1, 1, 1, 1] },
      { shape: [3], dtype: 'int32', data: [1, 1, 1] },
    ]);
  });

  it("are JAX's normal numbers: jax.random.normal(jax.random.key(0), (2, 2))", () => {
    const { inputs } = read(() => openSource({ kind: 'normal', seed: 0 }, [x], 2, {}).trainBatch(0));
    // Printed by jax 0.10.2: [[1.6226422, 2.0252647], [-0.43359444, -0.07861735]]
    const expected = [1.6226422, 2.0252647, -0.43359444, -0.07861735];
    for (const [i, value] of expected.entries()) expect(inputs[0]?.data[i]).toBeCloseTo(value, 6);
  });

  it.each([
    [{ ...x, shape: null }, 'Input "x" has no shape'],
    [{ ...x, shape: ['batch', 'time'] }, 'expected a number for "time"'],
    [{ ...x, dtype: 'int32' }, 'normal numbers are float32'],
  ] as const)('refuse %j', (input, message) => {
    expect(() => openSource({ kind: 'normal', seed: 0 }, [input], 2, {})).toThrow(message);
  });
});
