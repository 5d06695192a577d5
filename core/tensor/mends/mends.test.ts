import { describe, expect, it } from 'vitest';
import { gradients } from '../gradients.ts';
import { countTensors } from '../memory.ts';
import { expectAllClose, type Numbers } from '../testing/all-close.ts';
import { expectGradients, samplePoint } from '../testing/finite-difference.ts';
import { tf } from '../tf.ts';

/** Checks the gradient of the sum of `f` at exactly these numbers. */
function expectGradientAt(f: (...xs: tf.Tensor[]) => tf.Tensor, xs: readonly tf.Tensor[], expected: readonly Numbers[]): void {
  const before = countTensors();
  const grads = gradients(() => f(...xs), xs);
  grads.forEach((grad, i) => expectAllClose(grad, expected[i]!));
  tf.dispose(grads);
  expect(countTensors()).toBe(before);
}

describe('at a kink, as in JAX,', () => {
  it('|x| has the gradient 1', () => {
    expectGradientAt((x) => tf.abs(x), [tf.tensor([-2, 0, 3])], [[-1, 1, 1]]);
  });

  it('leaky ReLU has the gradient 1', () => {
    expectGradientAt((x) => tf.leakyRelu(x, 0.1), [tf.tensor([-2, 0, 3])], [[0.1, 1, 1]]);
  });

  it('the larger and the smaller of two equal numbers share by halves, broadcast or not', () => {
    const xs = [tf.tensor([1, 2, 3]), tf.tensor([2, 2, 2])];
    expectGradientAt((a, b) => tf.maximum(a!, b!), xs, [
      [0, 0.5, 1],
      [1, 0.5, 0],
    ]);
    expectGradientAt((a, b) => tf.minimum(a!, b!), xs, [
      [1, 0.5, 0],
      [0, 0.5, 1],
    ]);
    expectGradientAt((a, b) => tf.maximum(a!, b!), [tf.tensor([1, 2, 3]), tf.scalar(2)], [[0, 0.5, 1], 1.5]);
    expectGradientAt((a, b) => tf.minimum(a!, b!), [tf.scalar(2), tf.tensor2d([[1, 2, 3]])], [1.5, [[1, 0.5, 0]]]);
  });

  it('clipping has ½ at each bound', () => {
    expectGradientAt((x) => tf.clipByValue(x, -1, 2), [tf.tensor([-3, -1, 0, 2, 5])], [[0, 0.5, 1, 0.5, 0]]);
  });

  it('equal largest and smallest numbers share evenly', () => {
    const x = tf.tensor2d([
      [1, 1, 0],
      [0, 2, 1],
    ]);
    expectGradientAt(
      (t) => tf.max(t!, 1),
      [x],
      [
        [
          [0.5, 0.5, 0],
          [0, 1, 0],
        ],
      ],
    );
    expectGradientAt(
      (t) => tf.min(t!, 0, true),
      [x],
      [
        [
          [0, 1, 1],
          [1, 0, 0],
        ],
      ],
    );
    expectGradientAt(
      (t) => tf.min(t!),
      [x],
      [
        [
          [0, 0, 0.5],
          [0.5, 0, 0],
        ],
      ],
    );
  });
});

describe('agrees with finite differences:', () => {
  const check = (name: string, f: (...xs: tf.Tensor[]) => tf.Tensor, ...shapes: number[][]) =>
    it(name, () => {
      const xs = shapes.map((shape, i) => samplePoint(shape, i));
      expectGradients(f, xs);
      tf.dispose(xs);
    });

  check('max', (x) => tf.max(x!, [0, 2]), [3, 2, 4]);
  check('min', (x) => tf.min(x!, -1), [3, 4]);
  check('maximum', (a, b) => tf.maximum(a!, tf.mul(b!, 0.47)), [3, 4], [4]);
  check('minimum', (a, b) => tf.minimum(a!, tf.mul(b!, 0.47)), [2, 1, 4], [3, 1]);
  check('clipByValue', (x) => tf.clipByValue(x!, -0.4, 0.6), [10]);
  check('where', (a, b) => tf.where(tf.tensor([1, 0, 1, 0], [4], 'bool'), a!, b!), [4], [4]);
  check('tile', (x) => tf.tile(x!, [2, 1, 3]), [2, 3, 1]);
  check('tile of rank 5', (x) => tf.tile(x!, [1, 2, 1, 1, 2]), [1, 2, 1, 3, 2]);
  check('cumprod', (x) => tf.cumprod(x!, 1), [2, 5]);
  check('cumprod, exclusive', (x) => tf.cumprod(x!, 0, true), [4, 2]);
  check('cumprod, reverse', (x) => tf.cumprod(x!, 1, false, true), [2, 4, 2]);
  check('cumprod, exclusive and reverse', (x) => tf.cumprod(x!, 1, true, true), [2, 4]);
  check('stridedSlice', (x) => tf.stridedSlice(x!, [1, 0], [6, 5], [2, 3]), [6, 5]);
  check('stridedSlice, backward', (x) => tf.stridedSlice(x!, [5, -1], [0, -6], [-2, -1], 0, 2), [6, 5]);
  check('stridedSlice with masks', (x) => tf.stridedSlice(x!, [1, 0, 1], [2, 0, 3], [1, 1, 1], 0, 0, 2, 0, 1), [3, 2, 4]);
  check('stridedSlice with a new axis', (x) => tf.stridedSlice(x!, [0, 1], [0, 4], [1, 2], 0, 0, 0, 1, 0), [5]);
  check('depthToSpace', (x) => tf.depthToSpace(x as tf.Tensor4D, 2, 'NHWC'), [2, 2, 3, 8]);
  check(
    'gatherND',
    (x) =>
      tf.gatherND(
        x!,
        tf.tensor2d(
          [
            [0, 1],
            [2, 0],
            [0, 1],
          ],
          [3, 2],
          'int32',
        ),
      ),
    [3, 2],
  );
  check('scatterND', (x) => tf.scatterND(tf.tensor2d([[1], [3]], [2, 1], 'int32'), x!, [4]), [2]);
  check('scatterND that adds', (x) => tf.scatterND(tf.tensor2d([[1], [1]], [2, 1], 'int32'), x!, [4]), [2]);
  check('tensorScatterUpdate', (x, y) => tf.tensorScatterUpdate(x!, tf.tensor2d([[1], [3]], [2, 1], 'int32'), y!), [4], [2]);
  check('topk', (x) => tf.topk(x!, 2).values, [3, 4]);
  check('matMul', (a, b) => tf.matMul(a!, b!), [3, 4], [4, 2]);
  check('matMul with a broadcast batch', (a, b) => tf.matMul(a!, b!), [2, 3, 4], [1, 4, 2]);
  check('matMul, transposed left', (a, b) => tf.matMul(a!, b!, true, false), [1, 4, 3], [2, 4, 2]);
  check('matMul, transposed right', (a, b) => tf.matMul(a!, b!, false, true), [3, 4], [2, 2, 4]);
  check('matMul, transposed both', (a, b) => tf.matMul(a!, b!, true, true), [2, 1, 4, 3], [3, 2, 4]);
  check('conv2d', (x, k) => tf.conv2d(x as tf.Tensor4D, k as tf.Tensor4D, 2, 'same'), [2, 5, 4, 2], [3, 2, 2, 3]);
  check('dilated conv2d', (x, k) => tf.conv2d(x as tf.Tensor4D, k as tf.Tensor4D, 1, 'same', 'NHWC', [2, 3]), [1, 6, 7, 2], [3, 2, 2, 2]);
  check(
    'dilated conv2d with explicit padding',
    (x, k) =>
      tf.conv2d(
        x as tf.Tensor4D,
        k as tf.Tensor4D,
        1,
        [
          [0, 0],
          [2, 0],
          [1, 3],
          [0, 0],
        ],
        'NHWC',
        [2, 2],
      ),
    [1, 4, 5, 1],
    [2, 3, 1, 2],
  );
  check(
    'dilated depthwiseConv2d',
    (x, k) => tf.depthwiseConv2d(x as tf.Tensor4D, k as tf.Tensor4D, 1, 'valid', 'NHWC', [2, 1]),
    [1, 6, 5, 2],
    [3, 2, 2, 2],
  );
  check('depthwiseConv2d', (x, k) => tf.depthwiseConv2d(x as tf.Tensor4D, k as tf.Tensor4D, 2, 'same'), [2, 5, 4, 2], [3, 3, 2, 1]);
  check(
    'mirrorPad',
    (x) =>
      tf.mirrorPad(
        x!,
        [
          [1, 1],
          [0, 2],
        ],
        'reflect',
      ),
    [3, 4],
  );
  check(
    'mirrorPad, symmetric',
    (x) =>
      tf.mirrorPad(
        x!,
        [
          [2, 0],
          [1, 4],
        ],
        'symmetric',
      ),
    [2, 4],
  );
  check('prod', (x) => tf.prod(x!, 1), [2, 4]);
  check('prod over several axes', (x) => tf.prod(x!, [0, 2]), [2, 3, 2]);
});

it('a cumulative product has its gradient at zeros too', () => {
  expectGradientAt((x) => tf.cumprod(x!), [tf.tensor([2, 0, 3, 4])], [[1, 32, 0, 0]]);
});

it('a product has its gradient at zeros too', () => {
  expectGradientAt((x) => tf.prod(x!), [tf.tensor([2, 0, 3])], [[0, 6, 0]]);
  expectGradientAt((x) => tf.prod(x!), [tf.tensor([2, 0, 0])], [[0, 0, 0]]);
});

it('nothing flows through comparisons and casts to whole numbers', () => {
  const mask = (x: tf.Tensor) => tf.cast(tf.logicalAnd(tf.greater(x, 0), tf.logicalNot(tf.equal(x, 3))), 'float32');
  expectGradientAt((x) => tf.mul(x!, mask(x!)), [tf.tensor([-1, 2, 3])], [[0, 1, 0]]);
  expectGradientAt((x) => tf.mul(x!, tf.cast(tf.cast(x!, 'int32'), 'float32')), [tf.tensor([1.5, 2.5])], [[1, 2]]);
});

it('a matrix product broadcasts over several batch axes, and over none of its numbers', () => {
  const a = tf.reshape(tf.range(0, 12), [3, 1, 2, 2]);
  const b = tf.reshape(tf.range(0, 8), [2, 2, 2]);
  const product = tf.matMul(a, b);
  expect(product.shape).toEqual([3, 2, 2, 2]);
  expectAllClose(tf.slice(product, [2, 1, 0, 0], [1, 1, 2, 2]), [
    [
      [
        [86, 103],
        [106, 127],
      ],
    ],
  ]);
  expectAllClose(tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 3])), [
    [0, 0, 0],
    [0, 0, 0],
  ]);
  expect(tf.matMul(tf.zeros([0, 3]), tf.zeros([3, 2])).shape).toEqual([0, 2]);
});

it('a gradient that is infinite does not spoil the branch that was not taken', () => {
  const safe = (x: tf.Tensor) => tf.where(tf.greater(x, 0), x, tf.zerosLike(x));
  expectGradientAt((x) => safe(tf.sqrt(x!)), [tf.tensor([4, 1])], [[0.25, 0.5]]);
  const infinite = tf.tensor([1, Infinity]);
  const [chosen] = gradients(() => tf.where(tf.tensor([1, 0], [2], 'bool'), infinite, tf.ones([2])), [infinite], tf.tensor([2, Infinity]));
  expectAllClose(chosen!, [2, 0]);
});

it('a tensor taken apart along an axis of length 1 has a gradient, where TensorFlow.js throws', () => {
  expectGradientAt((x) => tf.mul(tf.unstack(x!, 0)[0]!, 2), [tf.tensor([[1, 3]])], [[[2, 2]]]);
  expectGradientAt((x) => tf.mul(tf.unstack(x!, 1)[1]!, 2), [tf.tensor([[1, 3]])], [[[0, 2]]]);
});

it('a closed relu lets no gradient through, not even NaN or Infinity', () => {
  for (const [f, closed] of [
    [tf.relu, [-1, 0, NaN]],
    [tf.relu6, [-1, 0, 6, 7, NaN]],
  ] as const) {
    const x = tf.tensor1d([...closed, 2]);
    for (const dy of [Infinity, NaN]) {
      const [slope] = gradients(() => f(x), [x], tf.fill(x.shape, dy));
      expect([...slope!.dataSync()]).toEqual([...closed.map(() => 0), dy]);
    }
  }
});
