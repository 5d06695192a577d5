import { describe, expect, it } from 'vitest';
import { countTensors } from '../memory.ts';
import { expectAllClose, type Numbers } from '../testing/all-close.ts';
import { expectGradients, samplePoint } from '../testing/finite-difference.ts';
import { tf } from '../tf.ts';

const I = Infinity;
const NOTHING = tf.zeros([1, 0]);

/** The same on both backends: what JAX gives. Numbers too small for float32's normal range are left out, they may become 0. */
const cases: readonly (readonly [name: string, f: () => tf.Tensor, expected: Numbers])[] = [
  [
    '0/0, x/0 and ∞/∞',
    () => tf.div(tf.tensor([0, 1, -1, I, -I, NaN, 3, 2]), tf.tensor([0, 0, 0, I, I, 1, 3, I])),
    [NaN, I, -I, NaN, NaN, NaN, 1, 0],
  ],
  [
    'a quotient by a scalar 0',
    () =>
      tf.div(
        tf.tensor2d([
          [0, 2],
          [-3, NaN],
        ]),
        0,
      ),
    [
      [NaN, I],
      [-I, NaN],
    ],
  ],
  ['a quotient by 0 with a minus', () => tf.div(tf.tensor([1, -1, 0, NaN, I]), tf.tensor([-0, -0, -0, -0, -0])), [-I, I, NaN, NaN, -I]],
  ['pow of 0 with a minus', () => tf.pow(tf.tensor([-0, -0, 0]), tf.tensor([-3, -2, -3])), [-I, I, I]],
  ['turning no axis', () => tf.reverse(tf.tensor([1, 2, 3]), []), [1, 2, 3]],
  ['the mean of no numbers', () => tf.mean(tf.zeros([2, 0]), 1), [NaN, NaN]],
  [
    'the sum, the product, the largest of no numbers',
    () => tf.stack([tf.sum(NOTHING, 1), tf.prod(NOTHING, 1), tf.max(NOTHING, 1)]),
    [[0], [1], [-I]],
  ],
  ['log', () => tf.log(tf.tensor([0, -1, I, 1, NaN, 2])), [-I, NaN, I, 0, NaN, Math.LN2]],
  [
    'log1p',
    () => tf.log1p(tf.tensor([-1, -2, I, 1e-8, -1e-4, 0.06, 0.07, NaN])),
    [-I, NaN, I, 1e-8, Math.log1p(-1e-4), Math.log1p(0.06), Math.log1p(0.07), NaN],
  ],
  [
    'expm1',
    () => tf.expm1(tf.tensor([-I, I, 1e-7, 0.06, 0.07, -2, NaN])),
    [-1, I, Math.expm1(1e-7), Math.expm1(0.06), Math.expm1(0.07), Math.expm1(-2), NaN],
  ],
  ['exp', () => tf.exp(tf.tensor([-I, I, NaN, 0])), [0, I, NaN, 1]],
  ['sqrt', () => tf.sqrt(tf.tensor([-1, 0, I, NaN])), [NaN, 0, I, NaN]],
  ['rsqrt', () => tf.rsqrt(tf.tensor([0, I, 4])), [I, 0, 0.5]],
  [
    'pow',
    () => tf.pow(tf.tensor([-2, 0, 0, 0, NaN, -1, 2, -8, -2, I]), tf.tensor([2, 0, 1, -1, 0, 0.5, -1, 3, -3, 0])),
    [4, 1, 0, I, 1, NaN, 0.5, -512, -0.125, 1],
  ],
  ['tanh', () => tf.tanh(tf.tensor([-I, I, NaN, 100, 1e-6, -0.2, 0.3])), [-1, 1, NaN, 1, 1e-6, Math.tanh(-0.2), Math.tanh(0.3)]],
  ['sigmoid', () => tf.sigmoid(tf.tensor([-I, I, NaN, 0])), [0, 1, NaN, 0.5]],
  ['softplus', () => tf.softplus(tf.tensor([-I, I, NaN, 100, -5, 0])), [0, I, NaN, 100, Math.log1p(Math.exp(-5)), Math.LN2]],
  ['relu', () => tf.relu(tf.tensor([NaN, -I, I, -1, 2])), [NaN, 0, I, 0, 2]],
  ['relu6', () => tf.relu6(tf.tensor([NaN, -I, I, -1, 2])), [NaN, 0, 6, 0, 2]],
  ['leakyRelu', () => tf.leakyRelu(tf.tensor([NaN, -I, I, -1, 2]), 0.5), [NaN, -I, I, -0.5, 2]],
  ['prelu', () => tf.prelu(tf.tensor([NaN, -I, I, -1, 2]), tf.tensor([1, 0.5, 0.5, 0.25, 3])), [NaN, -I, I, -0.25, 2]],
  ['clipByValue', () => tf.clipByValue(tf.tensor([NaN, -I, I, 0.5, -3, 3]), -1, 1), [NaN, -1, 1, 0.5, -1, 1]],
  ['maximum', () => tf.maximum(tf.tensor([NaN, 1, -I, I]), tf.tensor([1, NaN, -I, 2])), [NaN, NaN, -I, I]],
  ['minimum', () => tf.minimum(tf.tensor([NaN, 1, -I, I]), tf.tensor([1, NaN, -I, 2])), [NaN, NaN, -I, 2]],
  [
    'max',
    () =>
      tf.max(
        tf.tensor2d([
          [NaN, 1],
          [-I, -I],
          [I, 2],
          [-1e30, -2e30],
        ]),
        1,
      ),
    [NaN, -I, I, -1e30],
  ],
  [
    'min',
    () =>
      tf.min(
        tf.tensor2d([
          [1, I, 1e30],
          [NaN, I, 2e30],
        ]),
        0,
      ),
    [NaN, I, 1e30],
  ],
  ['max of one', () => tf.max(tf.tensor2d([-3e38, -I, NaN, I], [4, 1]), 1), [-3e38, -I, NaN, I]],
  ['min of one', () => tf.min(tf.tensor2d([3e38, -I, NaN, I], [4, 1]), 1, true), [[3e38], [-I], [NaN], [I]]],
  ['softmax of one', () => tf.softmax(tf.tensor2d([-3.4e38, 3.4e38, 0, -I], [4, 1])), [[1], [1], [1], [NaN]]],
  ['max over axes apart', () => tf.max(tf.reshape(tf.range(0, 8), [2, 2, 2]), [0, 2], true), [[[5], [7]]]],
  ['max of many', () => tf.max(tf.neg(tf.range(5, 4000))), -5],
  [
    'softmax',
    () =>
      tf.softmax(
        tf.tensor2d([
          [-I, -I],
          [0, -I],
          [I, 0],
          [1000, 0],
        ]),
      ),
    [
      [NaN, NaN],
      [1, 0],
      [NaN, NaN],
      [1, 0],
    ],
  ],
  [
    'logSoftmax',
    () =>
      tf.logSoftmax(
        tf.tensor2d([
          [-I, -I],
          [0, -I],
          [1000, 0],
        ]),
      ),
    [
      [NaN, NaN],
      [0, -I],
      [0, -1000],
    ],
  ],
  ['where', () => tf.where(tf.tensor([1, 0, 1], [3], 'bool'), tf.tensor([NaN, 1, I]), tf.tensor([1, NaN, 2])), [NaN, NaN, I]],
  ['mod has the sign of the divisor', () => tf.mod(tf.tensor([5, -5, 5, -5]), tf.tensor([3, 3, -3, -3])), [2, 1, -1, -2]],
  [
    'floorDiv',
    () => tf.floorDiv(tf.tensor([5, -5, 5, -5, 5], [5], 'int32'), tf.tensor([3, 3, -3, -3, 5], [5], 'int32')),
    [1, -2, -2, 1, 1],
  ],
  ['round, halves to even', () => tf.round(tf.tensor([0.5, 1.5, 2.5, -1.5])), [0, 2, 2, -2]],
  [
    'oneHot out of range',
    () => tf.oneHot(tf.tensor1d([0, 3, -1], 'int32'), 2),
    [
      [1, 0],
      [0, 0],
      [0, 0],
    ],
  ],
  [
    'sin',
    () => tf.sin(tf.tensor([0, 1e-4, 0.75, 1.5707964, 3, -4, 5, -6.5, 100, -1000, I, NaN])),
    [0, 1e-4, 0.6816388, 1, 0.14112, 0.7568025, -0.95892427, -0.21511999, -0.50636564, -0.82687956, NaN, NaN],
  ],
  [
    'cos',
    () => tf.cos(tf.tensor([0, 1e-4, 0.75, 3, -4, 5, -6.5, 100, -1000, -I, NaN])),
    [1, 1, 0.7316889, -0.9899925, -0.6536436, 0.2836622, 0.9765876, 0.8623189, 0.5623791, NaN, NaN],
  ],
  ['erf', () => tf.erf(tf.tensor([0, 0.5, -1, I, NaN])), [0, 0.5204999, -0.8427008, 1, NaN]],
  ['a sum of nothing', () => tf.sum(tf.zeros([0, 3]), 0), [0, 0, 0]],
  ['a sum of nothing in all', () => tf.sum(tf.zeros([0])), 0],
  ['max pooling', () => tf.maxPool(tf.tensor([-I, -I, 3, NaN], [1, 4, 1, 1]) as tf.Tensor4D, [2, 1], [2, 1], 'valid'), [[[[-I]], [[NaN]]]]],
];

describe('edge values are those of JAX:', () => {
  it.each(cases)('%s', (_name, f, expected) => {
    const before = countTensors();
    tf.tidy(() => expectAllClose(f(), expected, { rtol: 2e-6, atol: 1e-12 }));
    expect(countTensors()).toBe(before);
  });
});

describe('with five and six axes', () => {
  const check = (name: string, f: (x: tf.Tensor) => tf.Tensor, shape: number[]) =>
    it(`${name} has its value and gradient`, () => {
      const x = samplePoint(shape);
      expectGradients(f, [x]);
      x.dispose();
    });
  check(
    'pad',
    (x) =>
      tf.pad(x, [
        [1, 0],
        [0, 0],
        [0, 2],
        [0, 0],
        [1, 1],
      ]),
    [1, 2, 2, 1, 3],
  );
  check(
    'mirrorPad',
    (x) =>
      tf.mirrorPad(
        x,
        [
          [1, 0],
          [0, 0],
          [0, 1],
          [0, 0],
          [1, 1],
        ],
        'reflect',
      ),
    [2, 1, 2, 1, 3],
  );
  check('reverse', (x) => tf.reverse(x, [0, 2, 5]), [2, 1, 2, 1, 2, 2]);
  check('tile', (x) => tf.tile(x, [2, 1, 1, 1, 1, 3]), [1, 2, 1, 1, 2, 2]);
  check('where', (x) => tf.where(tf.greater(x, 0.2), x, tf.mul(x, 3)), [1, 2, 2, 1, 2]);
  check('stridedSlice', (x) => tf.stridedSlice(x, [0, 1, 2, 0, 0], [1, 2, -4, 2, 1], [1, 1, -2, 1, 1], 0, 4), [1, 2, 3, 2, 1]);
  check('max', (x) => tf.max(x, [1, 4]), [2, 2, 1, 2, 3]);
  check('transpose', (x) => tf.transpose(x, [5, 3, 1, 0, 2, 4]), [1, 2, 1, 2, 2, 2]);
});
