/** @file What the recordings cannot hold: other types of number, infinities, who owns a result, and labels that name no class. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { valueAndGradients } from '../tensor/gradients.ts';
import { tf } from '../tensor/tf.ts';
import { argmax } from './argmax.ts';
import { argmin } from './argmin.ts';
import { cast } from './cast.ts';
import { divide } from './divide.ts';
import { flip } from './flip.ts';
import { huberLoss } from './huber-loss.ts';
import { identity } from './identity.ts';
import { logSoftmax } from './log-softmax.ts';
import { log } from './log.ts';
import { logsumexp } from './logsumexp.ts';
import { matmul } from './matmul.ts';
import { maxPool } from './max-pool.ts';
import { max } from './max.ts';
import { mean } from './mean.ts';
import { min } from './min.ts';
import { repeat } from './repeat.ts';
import { roll } from './roll.ts';
import { sigmoidBinaryCrossEntropy } from './sigmoid-binary-cross-entropy.ts';
import { slice } from './slice.ts';
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts';
import { softmaxCrossEntropyWithIntegerLabels } from './softmax-cross-entropy-with-integer-labels.ts';
import { softmax } from './softmax.ts';
import { std } from './std.ts';
import { sum } from './sum.ts';
import { upsample } from './upsample.ts';

let before = 0;
beforeEach(() => {
  before = tf.memory().numTensors;
});
afterEach(() => expect(tf.memory().numTensors).toBe(before));

/** The numbers of what `f` makes; frees it and its inputs. */
function numbers(f: () => tf.Tensor): number[] {
  return tf.tidy(() => [...f().dataSync()]);
}

describe('integers and truth values', () => {
  it('become floats where they are divided or averaged, and integers where truth values are summed', () => {
    expect(numbers(() => divide(tf.tensor1d([7, -7], 'int32'), tf.tensor1d([2, 2], 'int32')))).toEqual([3.5, -3.5]);
    expect(numbers(() => mean(tf.tensor1d([1, 2], 'int32')))).toEqual([1.5]);
    const [total, dtype] = tf.tidy(() => {
      const y = sum(tf.tensor1d([true, false, true], 'bool'));
      return [y.dataSync()[0], y.dtype];
    }) as unknown as [number, string];
    expect([total, dtype]).toEqual([2, 'int32']);
  });

  it('serve as labels of a binary cross-entropy', () => {
    const logits = tf.tensor1d([2, -1]);
    const [floats, integers] = [tf.tensor1d([1, 0]), tf.tensor1d([1, 0], 'int32')];
    const run = (labels: tf.Tensor) => valueAndGradients(() => sigmoidBinaryCrossEntropy(logits, labels), [logits]);
    const [a, b] = [run(floats), run(integers)];
    expect([...b.value.dataSync()]).toEqual([...a.value.dataSync()]);
    expect([...b.grads[0]!.dataSync()]).toEqual([...a.grads[0]!.dataSync()]);
    tf.dispose([logits, floats, integers, a.value, ...a.grads, b.value, ...b.grads]);
  });
});

describe('at infinities and zeros', () => {
  it('softmax of nothing but -Infinity is NaN, and one -Infinity is 0', () => {
    const low = -Infinity;
    expect(numbers(() => softmax(tf.tensor1d([low, low])))).toEqual([NaN, NaN]);
    expect(numbers(() => softmax(tf.tensor1d([low, 0])))).toEqual([0, 1]);
    expect(numbers(() => logSoftmax(tf.tensor1d([low, 0])))).toEqual([low, 0]);
    expect(numbers(() => logsumexp(tf.tensor1d([low, low])))).toEqual([low]);
    expect(numbers(() => log(tf.tensor1d([0, -1])))).toEqual([low, NaN]);
  });

  it('0 / 0 is NaN and 1 / 0 is Infinity', () => {
    expect(numbers(() => divide(tf.tensor1d([0, 1, -1]), tf.tensor1d([0, 0, 0])))).toEqual([NaN, Infinity, -Infinity]);
  });

  it('a standard deviation of 0 has the gradient NaN, as in JAX', () => {
    const x = tf.tensor1d([2, 2]);
    const { value, grads } = valueAndGradients(() => std(x), [x]);
    expect([...grads[0]!.dataSync()]).toEqual([NaN, NaN]);
    tf.dispose([x, value, ...grads]);
  });
});

it('NaN is the largest and the smallest, and the first of several is found', () => {
  for (const find of [argmax, argmin]) {
    expect(numbers(() => find(tf.tensor1d([1, NaN, 3, NaN])))).toEqual([1]);
    expect(
      numbers(() =>
        find(
          tf.tensor2d([
            [2, 2, 2, 2, 2, 2, 2, 2, NaN],
            [1, 1, 1, 1, 1, 1, 1, 1, 1],
          ]),
          { axis: 1 },
        ),
      ),
    ).toEqual([8, 0]);
    expect(numbers(() => find(tf.tensor1d([-Infinity, -Infinity])))).toEqual([0]);
    expect(numbers(() => find(tf.tensor1d([Infinity, Infinity])))).toEqual([0]);
  }
  for (const extreme of [max, min]) expect(numbers(() => extreme(tf.tensor1d([1, NaN, 3])))).toEqual([NaN]);
});

describe('a label that names no class', () => {
  it('gives NaN as in optax, and does not disturb its neighbours; a negative one counts from the end', () => {
    const logits = tf.tensor2d([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    const labels = tf.tensor1d([0, 2, -1], 'int32');
    const { value, grads } = valueAndGradients(() => softmaxCrossEntropyWithIntegerLabels(logits, labels), [logits]);
    const [first, tooLarge, last] = value.dataSync();
    expect(first).toBeCloseTo(Math.log(2), 6);
    expect(tooLarge).toBeNaN();
    expect(last).toBeCloseTo(Math.log(2), 6);
    expect([...grads[0]!.dataSync()]).toEqual([-0.5, 0.5, 0.5, 0.5, 0.5, -0.5]);
    tf.dispose([logits, labels, value, ...grads]);
  });
});

it('several axes of classes are one together, row by row', () => {
  const logits = tf.tensor3d([1, 5, 2, 0, -1, 3, 4, 4, 0, 2, 1, -2], [2, 3, 2]);
  const labels = tf.tensor1d([3, 0], 'int32');
  const rows = tf.reshape(logits, [2, 6]);
  expect(numbers(() => softmaxCrossEntropyWithIntegerLabels(logits, labels, { axis: [1, 2] }))).toEqual(
    numbers(() => softmaxCrossEntropyWithIntegerLabels(rows, labels)),
  );
  const likely = tf.softmax(rows);
  const whole = numbers(() => softmaxCrossEntropy(logits, tf.reshape(likely, [2, 3, 2]), { axis: [-1, 1] }));
  for (const [i, loss] of numbers(() => softmaxCrossEntropy(rows, likely)).entries()) expect(whole[i]).toBeCloseTo(loss, 5);
  tf.dispose([logits, labels, rows, likely]);
});

it('every result is a tensor of its own, also where nothing is to do', () => {
  const x = tf.tensor3d([1, 2], [1, 2, 1]);
  const same = [
    identity(x),
    cast(x, 'float32'),
    repeat(x, 1),
    roll(x, 2, { axis: 1 }),
    slice(x, ':'),
    upsample(x, 1),
    flip(x, { axis: [] }),
  ];
  tf.dispose(same);
  expect([...x.dataSync()]).toEqual([1, 2]);
  x.dispose();
});

it('repeating no times gives an empty tensor', () => {
  const shape = tf.tidy(() => repeat(tf.ones([2, 3]), 0).shape) as unknown as number[];
  expect(shape).toEqual([2, 0]);
});

it('an empty slice is an empty tensor', () => {
  const y = tf.tidy(() => slice(tf.ones([2, 3]), ':, 2:1'));
  expect(y.shape).toEqual([2, 0]);
  y.dispose();
});

it('pools without and with several batch axes', () => {
  const shapes = tf.tidy(() =>
    [maxPool(tf.ones([4, 1]), 2), maxPool(tf.ones([2, 3, 4, 1]), [2])].map(({ shape }) => shape),
  ) as unknown as number[][];
  expect(shapes).toEqual([
    [3, 1],
    [2, 3, 3, 1],
  ]);
});

it('a vector times a vector is a scalar', () => {
  expect(numbers(() => matmul(tf.tensor1d([1, 2]), tf.tensor1d([3, 4])))).toEqual([11]);
});

it('the Huber loss goes on as a straight line from delta', () => {
  expect(numbers(() => huberLoss(tf.tensor1d([0.5, 3, -3]), tf.zeros([3])))).toEqual([0.125, 2.5, 2.5]);
});

it('an axis that is not there is refused by name', () => {
  const x = tf.zeros([2, 3]);
  expect(() => mean(x, { axis: 2 })).toThrow(/axis from -2 to 1/);
  expect(() => repeat(x, 2, { axis: -3 })).toThrow(/axis from -2 to 1/);
  x.dispose();
});
