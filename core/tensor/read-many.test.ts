import { describe, expect, it } from 'vitest';
import { countTensors } from './memory.ts';
import { readMany } from './read-many.ts';
import { countGlCalls } from './testing/gl-calls.ts';
import { tf } from './tf.ts';
import { textureBytes } from './texture-memory.ts';

const isWebgl = (): boolean => tf.getBackend() === 'webgl';
const SHAPES = [[], [1], [7], [64], [5, 7], [64, 10], [1, 33], [33, 1], [3, 5, 7], [1, 9, 1, 31], [2, 3, 4, 5, 3], [2, 1, 3, 2, 3, 5]];

/** Programs of the library whose results lie in blocks, or one by one. */
const LAYOUTS: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  'in blocks': (x) => tf.mul(x, 1),
  'one by one': (x) => tf.selu(x),
  'reshaped from blocks': (x) => tf.reshape(tf.mul(tf.reshape(x, [1, 1, -1]), 1), x.shape),
  'a part of another': (x) => tf.reshape(tf.slice(tf.selu(tf.concat([tf.ones([37]), tf.reshape(x, [-1])])), [37], [x.size]), x.shape),
};

function numbered(shape: readonly number[]): tf.Tensor {
  const size = tf.util.sizeFromShape([...shape]);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.fround(0.25 * i - 3)),
    [...shape],
  );
}

/** As the library reads one alone, from a copy: what it has read it keeps off the card. */
async function readAlone(tensor: tf.Tensor): Promise<number[]> {
  const copy = tf.add(tensor, 0);
  const values = await copy.data();
  copy.dispose();
  return [...values];
}

async function expectRead(tensors: readonly tf.Tensor[]): Promise<void> {
  const read = await readMany(tensors);
  for (const [i, tensor] of tensors.entries()) expect([...read[i]!]).toEqual(await readAlone(tensor));
}

describe.each(Object.keys(LAYOUTS))('reading many tensors, %s', (layout) => {
  it('gives what reading each alone gives, leaves them where they are, and nothing behind', async () => {
    const before = countTensors();
    const tensors = SHAPES.map((shape) => tf.tidy(() => LAYOUTS[layout]!(numbered(shape))));
    const { allocated } = textureBytes();
    await readMany(tensors);
    // Nothing is drawn to be read.
    expect(textureBytes().allocated).toBe(allocated);
    await expectRead(tensors);
    await expectRead(tensors.toReversed());
    tf.dispose(tensors);
    expect(countTensors()).toBe(before);
  });
});

describe('reading many tensors', () => {
  it('gives all types in their order, wherever they lie', async () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    const whole = tf.scalar(7, 'int32');
    const tensors = [tf.relu(x), tf.greater(x, 3), tf.tensor([]), tf.add(whole, whole), x, tf.tensor1d([true, false], 'bool')];
    const read = await readMany(tensors);
    expect(read.map((values) => [...values])).toEqual([[1, 2, 3, 4, 5, 6], [0, 0, 0, 1, 1, 1], [], [14], [1, 2, 3, 4, 5, 6], [1, 0]]);
    expect(read[1]).toBeInstanceOf(Uint8Array);
    expect(read[3]).toBeInstanceOf(Int32Array);
    tf.dispose([...tensors, whole]);
  });

  it('gives numbers that are not finite, and those far apart', async () => {
    const x = tf.tensor1d([NaN, Infinity, -Infinity, 1e30, -1e-30]);
    const doubled = tf.mul(x, 2);
    const [read] = await readMany([doubled]);
    expect([...read!]).toEqual([NaN, Infinity, -Infinity, 2e30, -2e-30].map(Math.fround));
    tf.dispose([x, doubled]);
  });

  it('may be followed at once by disposing them', async () => {
    const tensors = SHAPES.map((shape) => tf.tidy(() => tf.mul(numbered(shape), 1)));
    const reading = readMany(tensors);
    tf.dispose(tensors);
    const read = await reading;
    expect(read.map(({ length }) => length)).toEqual(SHAPES.map((shape) => tf.util.sizeFromShape(shape)));
    expect([...read[3]!].slice(0, 3)).toEqual([-3, -2.75, -2.5]);
  });

  it('gives the numbers of textures of 16 bits, too', async () => {
    if (isWebgl()) tf.env().set('WEBGL_RENDER_FLOAT32_ENABLED', false);
    try {
      const tensors = ['in blocks', 'one by one'].flatMap((layout) =>
        SHAPES.map((shape) => tf.tidy(() => LAYOUTS[layout]!(numbered(shape)))),
      );
      await expectRead(tensors);
      tf.dispose(tensors);
    } finally {
      if (isWebgl()) tf.env().set('WEBGL_RENDER_FLOAT32_ENABLED', true);
    }
  });

  it('waits for one fence and takes one buffer, which goes back', async () => {
    if (!isWebgl()) return expect(await readMany([])).toEqual([]);
    const tensors = Object.values(LAYOUTS).flatMap((lay) => SHAPES.map((shape) => tf.tidy(() => lay(numbered(shape)))));
    const { counts } = await countGlCalls(() => readMany(tensors));
    expect(counts).toEqual({ createBuffer: 1, deleteBuffer: 1, fenceSync: 1, deleteSync: 1 });
    tf.dispose(tensors);
  });
});
