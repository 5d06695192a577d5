import { describe, expect, it } from 'vitest';
import { findSource } from '../registry.gen.ts';
import type { Batch, Source, SourceInput } from '../spec/source.ts';
import { tf } from '../tensor/tf.ts';
import { npyBytes, pngBytes, zipBytes } from '../test/files.ts';
import { textOfBytes } from './files/bytes.ts';

type Args = Readonly<Record<string, unknown>>;

const contextOf = (inputs: readonly SourceInput[], text: string | undefined, batchSize = 4) => ({
  inputs,
  batchSize,
  seed: 0,
  readText: () => text,
});
const open = (type: string, args: Args, inputs: readonly SourceInput[], text: string, batchSize?: number): Source =>
  findSource(type)!.open(args, contextOf(inputs, text, batchSize));
const check = (type: string, args: Args, inputs: readonly SourceInput[], text?: string) =>
  findSource(type)!.check(args, contextOf(inputs, text));

/** The numbers of a batch; disposes it and checks that nothing else was left. */
function read(make: () => Batch) {
  const before = tf.memory().numTensors;
  const { inputs, labels } = make();
  const said = {
    inputs: inputs.map((input) => ({ shape: input.shape, dtype: input.dtype, data: [...input.dataSync()] })),
    labels: labels && [...labels.dataSync()],
    dtype: labels?.dtype,
  };
  tf.dispose([...inputs, ...(labels ? [labels] : [])]);
  expect(tf.memory().numTensors).toBe(before);
  return said;
}

const x: SourceInput = { name: 'x', shape: ['batch', 2], dtype: 'float32' };
const numbers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const xs = npyBytes({ descr: '<f4', shape: [6, 2], numbers });
const ys = npyBytes({ descr: '<i8', shape: [6], numbers: [0, 1, 2, 0, 1, 2] });
const npz = textOfBytes(zipBytes({ 'x.npy': xs, 'y.npy': ys }));

describe('arrays of NumPy', () => {
  it('feed rows with their labels, each row once in an epoch', () => {
    const source = open('arrays', { file: 'a.npz', label: 'y', testRows: 2 }, [x], npz);
    expect(source).toMatchObject({ trainRows: 4, testRows: 2, stepsPerEpoch: 1, labels: { areIntegers: true, min: 0, max: 2 } });
    const [train, test] = [read(() => source.trainBatch(0)), read(() => [...source.testBatches()][0] as Batch)];
    const rows = [train, test].flatMap(({ inputs, labels }) =>
      labels!.map((label, i) => [...inputs[0]!.data.slice(2 * i, 2 * i + 2), label]),
    );
    expect(rows.toSorted((a, b) => a[0]! - b[0]!)).toEqual([0, 1, 2, 3, 4, 5].map((row) => [2 * row, 2 * row + 1, row % 3]));
    expect([...source.labelValues!()].sort()).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('fill several inputs by their names, each as its type, and one without labels', () => {
    const ids: SourceInput = { name: 'y', shape: ['batch'], dtype: 'int32' };
    const both = read(() => open('arrays', { file: 'a.npz', scale: 2 }, [ids, x], npz, 6).trainBatch(0));
    expect(both.labels).toBeNull();
    expect(both.inputs.map(({ shape, dtype }) => [shape, dtype])).toEqual([
      [[6], 'int32'],
      [[6, 2], 'float32'],
    ]);
    // Halved, the first number of a row says which row it is.
    expect(both.inputs[0]!.data).toEqual(both.inputs[1]!.data.filter((_, i) => i % 2 === 0).map((row) => row % 3));
    const single = textOfBytes(xs);
    const picture: SourceInput = { name: 'p', shape: ['batch', 2, 1, 1], dtype: 'float32' };
    expect(read(() => open('arrays', { file: 'x.npy' }, [picture], single, 6).trainBatch(0)).inputs[0]!.shape).toEqual([6, 2, 1, 1]);
  });

  it.each([
    ['a label that is no array', { label: 'z' }, [x], npz, 'Expected the labels "z"; "a.npz" has x, y'],
    ['an input that no array is for', {}, [x, { ...x, name: 'z' }], npz, 'Nothing says which array is the input "z"'],
    ['rows of other lengths', { label: 'y' }, [{ ...x, shape: ['batch', 3] }], npz, 'is declared (batch, 3), but "x" has rows of (2)'],
    ['too many rows to test', { label: 'y', testRows: 6 }, [x], npz, 'fewer test rows than the 6 rows'],
    ['a text', {}, [x], 'a,b\n1,2\n', 'is a text, where arrays or pictures are expected'],
    [
      'arrays of different lengths',
      {},
      [x, { ...x, name: 'y', shape: ['batch'] }],
      textOfBytes(zipBytes({ 'x.npy': xs, 'y.npy': npyBytes({ descr: '<f4', shape: [2], numbers: [1, 2] }) })),
      '"y" has 2 rows, "x" 6',
    ],
  ] as const)('are refused in words before any run: %s', (_, args, inputs, text, message) => {
    const all = { file: 'a.npz', ...args };
    expect(() => open('arrays', all, inputs, text)).toThrow(message);
    if (!('testRows' in args)) expect(check('arrays', all, inputs, text)[0]!.got).toContain(message);
  });

  it('that are not at hand are no fault of the document', () => {
    expect(check('arrays', { file: 'a.npz' }, [x])).toEqual([]);
    expect(() => findSource('arrays')!.open({ file: 'a.npz' }, contextOf([x], undefined))).toThrow('Expected the content of "a.npz"');
  });
});

describe('pictures of a zip', () => {
  const gray = (value: number) => pngBytes({ width: 2, height: 3, color: 0, data: new Uint8Array(6).fill(value) });
  const colour = pngBytes({ width: 2, height: 3, color: 2, data: new Uint8Array(18).fill(100) });
  const zip = textOfBytes(
    zipBytes({
      'pets/dog/1.png': gray(255),
      'pets/cat/1.png': gray(51),
      'pets/cat/2.png': gray(102),
      '__MACOSX/pets/._1.png': gray(0),
      'notes.txt': new Uint8Array(3),
    }),
  );
  const input: SourceInput = { name: 'x', shape: ['batch', 3, 2, 1], dtype: 'float32' };

  it('are numbers from 0 to 1 with the place of their folder as the label', () => {
    const source = open('pictures', { file: 'pets.zip' }, [input], zip);
    const { inputs, labels } = read(() => source.trainBatch(0));
    expect(inputs[0]!.shape).toEqual([3, 3, 2, 1]);
    const seen = labels!.map((label, i) => [label, Math.round(inputs[0]!.data[6 * i]! * 100) / 100]);
    expect(seen.toSorted((a, b) => a[1]! - b[1]!)).toEqual([
      [0, 0.2],
      [0, 0.4],
      [1, 1],
    ]);
    expect(source.labels).toMatchObject({ areWords: true, max: 1 });
  });

  it('are gray or in colours as the input wants them', () => {
    const mixed = textOfBytes(zipBytes({ 'a/1.png': gray(9), 'b/1.png': colour }));
    expect(read(() => open('pictures', { file: 'z' }, [{ ...input, shape: null }], mixed).trainBatch(0)).inputs[0]!.shape).toEqual([
      2, 3, 2, 3,
    ]);
    expect(read(() => open('pictures', { file: 'z' }, [input], mixed).trainBatch(0)).inputs[0]!.shape).toEqual([2, 3, 2, 1]);
  });

  it.each([
    [
      'of several sizes',
      { 'a/1.png': gray(1), 'a/2.png': pngBytes({ width: 1, height: 1, color: 0, data: Uint8Array.of(1) }) },
      '"a/2.png" is 1 by 1, "a/1.png" 3 by 2',
    ],
    ['of another format', { 'a/1.jpg': new Uint8Array(4) }, '"a/1.jpg" in "z" is no PNG'],
    ['none at all', { 'readme.md': new Uint8Array(4) }, 'There is no PNG in "z"'],
    [
      'of another size than the input',
      { 'a/1.png': pngBytes({ width: 5, height: 5, color: 0, data: new Uint8Array(25) }) },
      'has rows of (5, 5, 1)',
    ],
  ] as const)('are refused in words: %s', (_, files, message) => {
    const text = textOfBytes(zipBytes(files));
    expect(() => open('pictures', { file: 'z' }, [input], text)).toThrow(message);
    expect(check('pictures', { file: 'z' }, [input], text)[0]!.got).toContain(message);
  });
});

describe('sequences of a text', () => {
  const ids: SourceInput = { name: 'ids', shape: ['batch', 3], dtype: 'int32' };

  it('are so many letters, with the next one as the label', () => {
    const source = open('sequences', { file: 't.txt', testRows: 1 }, [ids], 'abcab', 8);
    expect(source).toMatchObject({ trainRows: 1, testRows: 1 });
    expect(read(() => source.trainBatch(0))).toMatchObject({ inputs: [{ dtype: 'int32', data: [0, 1, 2] }], labels: [0], dtype: 'int32' });
    expect(read(() => [...source.testBatches()][0] as Batch)).toMatchObject({ inputs: [{ data: [1, 2, 0] }], labels: [1] });
    expect(source.ranges!()[0]).toMatchObject({ min: 0, max: 2 });
  });

  it('are words, and as far apart as one likes', () => {
    const source = open(
      'sequences',
      { file: 't.txt', unit: 'words', stride: 2 },
      [{ ...ids, shape: ['batch', 1] }],
      ' the cat\nsaw the dog ',
      8,
    );
    const { inputs, labels } = read(() => source.trainBatch(0));
    // cat 0, dog 1, saw 2, the 3: the→cat and saw→the.
    expect(inputs[0]!.data.map((id, i) => [id, labels![i]]).toSorted((a, b) => a[0]! - b[0]!)).toEqual([
      [2, 3],
      [3, 0],
    ]);
  });

  it.each([
    ['floats', [{ ...ids, dtype: 'float32' }], 'abcdef', 'expected ids, int32 of (batch, so many letters)'],
    ['a text that is too short', [ids], 'abc', 'has 3 letters: expected more than 3'],
    ['two inputs', [ids, ids], 'abcdef', 'the model has 2'],
  ] as const)('are refused in words: %s', (_, inputs, text, message) => {
    expect(() => open('sequences', { file: 't' }, inputs, text)).toThrow(message);
    expect(check('sequences', { file: 't' }, inputs, text)[0]!.got).toContain(message);
  });
});

describe('drawn numbers', () => {
  it("are JAX's: jax.random.uniform(jax.random.key(0), (2, 2), minval=-1, maxval=1), randint(key, (2, 2), 0, 10)", () => {
    const drawn = (type: string, args: Args, dtype: SourceInput['dtype']) =>
      read(() =>
        findSource(type)!
          .open(args, contextOf([{ ...x, dtype }], undefined, 2))
          .trainBatch(0),
      ).inputs[0]!;
    expect(drawn('uniform', { min: -1, max: 1 }, 'float32').data).toEqual(UNIFORM.map((each) => expect.closeTo(each, 6)));
    expect(drawn('integers', {}, 'int32')).toMatchObject({ dtype: 'int32', data: INTEGERS });
    expect(drawn('integers', {}, 'float32')).toMatchObject({ dtype: 'float32', data: INTEGERS });
  });

  it('are refused in words where bounds or types do not fit', () => {
    expect(() => open('uniform', { min: 2, max: 1 }, [x], '')).toThrow('Expected a number above the least one, 2, got 1');
    expect(() => open('uniform', {}, [{ ...x, dtype: 'int32' }], '')).toThrow('expected float32, as uniform numbers are, got int32');
    expect(() => open('integers', { max: 2 ** 40 }, [x], '')).toThrow('a whole number that int32 holds');
    expect(check('integers', { min: 3, max: 3 }, [x])[0]).toMatchObject({ code: 'source/bounds', param: 'max' });
  });
});

/** Printed by jax 0.10.2. */
const UNIFORM = [0.895334005355835, 0.9571597576141357, -0.3354170322418213, -0.06266307830810547];
const INTEGERS = [9, 0, 2, 3];
