import { describe, it } from 'vitest';
import { expectGradients, samplePoint } from './testing/finite-difference.ts';
import { tf } from './tf.ts';

type Op = (...xs: tf.Tensor[]) => tf.Tensor;

/** Every op of TensorFlow.js that layers and ops build on, with the shapes of its inputs. All numbers lie between -1 and 1. */
const ops: Readonly<Record<string, readonly [f: Op, ...shapes: (readonly number[])[]]>> = {
  abs: [(x) => tf.abs(x!), [6]],
  acos: [(x) => tf.acos(tf.mul(x!, 0.8)), [6]],
  acosh: [(x) => tf.acosh(tf.add(x!, 3)), [6]],
  asin: [(x) => tf.asin(tf.mul(x!, 0.8)), [6]],
  asinh: [(x) => tf.asinh(x!), [6]],
  atan: [(x) => tf.atan(x!), [6]],
  atanh: [(x) => tf.atanh(tf.mul(x!, 0.8)), [6]],
  ceil: [(x) => tf.ceil(tf.mul(x!, 2.1)), [6]],
  cos: [(x) => tf.cos(x!), [6]],
  cosh: [(x) => tf.cosh(x!), [6]],
  elu: [(x) => tf.elu(x!), [6]],
  erf: [(x) => tf.erf(x!), [6]],
  exp: [(x) => tf.exp(x!), [6]],
  expm1: [(x) => tf.expm1(x!), [6]],
  floor: [(x) => tf.floor(tf.mul(x!, 2.1)), [6]],
  log: [(x) => tf.log(tf.add(x!, 2)), [6]],
  log1p: [(x) => tf.log1p(x!), [5]],
  logSigmoid: [(x) => tf.logSigmoid(x!), [6]],
  neg: [(x) => tf.neg(x!), [6]],
  reciprocal: [(x) => tf.reciprocal(tf.add(x!, 2)), [6]],
  relu: [(x) => tf.relu(x!), [6]],
  relu6: [(x) => tf.relu6(tf.mul(x!, 9)), [6]],
  round: [(x) => tf.round(tf.mul(x!, 2.2)), [6]],
  rsqrt: [(x) => tf.rsqrt(tf.add(x!, 2)), [6]],
  selu: [(x) => tf.selu(x!), [6]],
  sigmoid: [(x) => tf.sigmoid(x!), [6]],
  sign: [(x) => tf.sign(x!), [6]],
  sin: [(x) => tf.sin(x!), [6]],
  sinh: [(x) => tf.sinh(x!), [6]],
  softplus: [(x) => tf.softplus(x!), [6]],
  sqrt: [(x) => tf.sqrt(tf.add(x!, 2)), [6]],
  square: [(x) => tf.square(x!), [6]],
  step: [(x) => tf.step(x!), [6]],
  tan: [(x) => tf.tan(x!), [6]],
  tanh: [(x) => tf.tanh(x!), [6]],

  add: [(a, b) => tf.add(a!, b!), [2, 3], [3]],
  atan2: [(a, b) => tf.atan2(a!, tf.add(b!, 2)), [2, 3], [3]],
  div: [(a, b) => tf.div(a!, tf.add(b!, 2)), [2, 3], [2, 1]],
  divNoNan: [(a, b) => tf.divNoNan(a!, tf.add(b!, 2)), [2, 3], [2, 1]],
  mod: [(a, b) => tf.mod(tf.mul(a!, 0.2), tf.add(b!, 3)), [4], [4]],
  mul: [(a, b) => tf.mul(a!, b!), [2, 3], []],
  pow: [(a, b) => tf.pow(tf.add(a!, 2), b!), [2, 3], [3]],
  'pow to a whole number': [(a) => tf.pow(a!, 3), [4]],
  prelu: [(a, b) => tf.prelu(a!, b!), [2, 3], [3]],
  squaredDifference: [(a, b) => tf.squaredDifference(a!, b!), [2, 3], [3]],
  sub: [(a, b) => tf.sub(a!, b!), [3], [2, 3]],

  logSoftmax: [(x) => tf.logSoftmax(x!), [2, 4]],
  logSumExp: [(x) => tf.logSumExp(x!, 1), [2, 4]],
  max: [(x) => tf.max(x!, 0, true), [3, 4]],
  mean: [(x) => tf.mean(x!, [0, 2]), [2, 3, 2]],
  min: [(x) => tf.min(x!), [3, 4]],
  moments: [(x) => tf.moments(x!, 0).variance, [4, 3]],
  norm: [(x) => tf.norm(x!, 2, 1), [3, 4]],
  prod: [(x) => tf.prod(x!, 1), [2, 4]],
  softmax: [(x) => tf.softmax(x!), [2, 4]],
  sum: [(x) => tf.sum(x!, -1, true), [2, 4]],

  batchToSpaceND: [
    (x) =>
      tf.batchToSpaceND(
        x!,
        [2, 2],
        [
          [0, 1],
          [0, 0],
        ],
      ),
    [4, 2, 2, 1],
  ],
  broadcastTo: [(x) => tf.broadcastTo(x!, [2, 3, 4]), [3, 1]],
  concat: [(a, b) => tf.concat([a!, b!], 1), [2, 3], [2, 2]],
  depthToSpace: [(x) => tf.depthToSpace(x as tf.Tensor4D, 2), [1, 2, 2, 4]],
  expandDims: [(x) => tf.expandDims(x!, 1), [2, 3]],
  gather: [(x) => tf.gather(x!, tf.tensor1d([2, 0, 2], 'int32'), 1), [2, 3, 2]],
  'gather with a batch axis': [
    (x) =>
      tf.gather(
        x!,
        tf.tensor2d(
          [
            [2, 0],
            [1, 1],
          ],
          [2, 2],
          'int32',
        ),
        1,
        1,
      ),
    [2, 3, 2],
  ],
  mirrorPad: [
    (x) =>
      tf.mirrorPad(
        x!,
        [
          [1, 1],
          [2, 0],
        ],
        'reflect',
      ),
    [3, 4],
  ],
  pad: [
    (x) =>
      tf.pad(x!, [
        [1, 0],
        [0, 2],
      ]),
    [2, 3],
  ],
  reshape: [(x) => tf.reshape(x!, [3, 2]), [2, 3]],
  reverse: [(x) => tf.reverse(x!, [0, 2]), [2, 3, 2]],
  slice: [(x) => tf.slice(x!, [0, 1], [2, 2]), [2, 4]],
  spaceToBatchND: [
    (x) =>
      tf.spaceToBatchND(
        x!,
        [2, 2],
        [
          [0, 1],
          [1, 0],
        ],
      ),
    [1, 3, 3, 2],
  ],
  split: [(x) => tf.add(tf.split(x!, [1, 2], 1)[1]!, 0), [2, 3]],
  squeeze: [(x) => tf.squeeze(x!), [1, 4, 1]],
  stack: [(a, b) => tf.stack([a!, b!], 1), [2, 3], [2, 3]],
  tile: [(x) => tf.tile(x!, [2, 3]), [2, 2]],
  transpose: [(x) => tf.transpose(x!, [2, 0, 1]), [2, 3, 2]],
  unstack: [(x) => tf.unstack(x!, 1)[1]!, [2, 3]],

  batchNorm: [
    (x, m, v, o, s) => tf.batchNorm(x!, m as tf.Tensor1D, tf.add(v!, 2) as tf.Tensor1D, o as tf.Tensor1D, s as tf.Tensor1D),
    [4, 3],
    [3],
    [3],
    [3],
    [3],
  ],
  conv1d: [(x, k) => tf.conv1d(x as tf.Tensor3D, k as tf.Tensor3D, 2, 'same'), [2, 5, 2], [3, 2, 2]],
  conv2dTranspose: [(x, k) => tf.conv2dTranspose(x as tf.Tensor4D, k as tf.Tensor4D, [1, 6, 6, 2], 2, 'same'), [1, 3, 3, 2], [3, 3, 2, 2]],
  conv3d: [(x, k) => tf.conv3d(x as tf.Tensor5D, k as tf.Tensor5D, 1, 'same'), [1, 3, 3, 2, 1], [2, 2, 2, 1, 2]],
  dot: [(a, b) => tf.dot(a!, b!), [2, 3], [3, 2]],
  localResponseNormalization: [(x) => tf.localResponseNormalization(x as tf.Tensor4D, 1), [1, 2, 2, 4]],
  matMul: [(a, b) => tf.matMul(a!, b!), [2, 3, 2], [2, 2, 3]],
  maxPool: [(x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'same'), [1, 5, 4, 1]],
  outerProduct: [(a, b) => tf.outerProduct(a as tf.Tensor1D, b as tf.Tensor1D), [3], [2]],
  resizeBilinear: [(x) => tf.image.resizeBilinear(x as tf.Tensor4D, [4, 6]), [1, 2, 3, 2]],
  'resizeBilinear, half pixels': [(x) => tf.image.resizeBilinear(x as tf.Tensor4D, [4, 6], false, true), [1, 2, 3, 2]],
  resizeNearestNeighbor: [(x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [4, 6]), [1, 2, 3, 2]],
  'resizeNearestNeighbor, half pixels': [(x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [4, 6], false, true), [1, 2, 3, 2]],
  separableConv2d: [
    (x, d, p) => tf.separableConv2d(x as tf.Tensor4D, d as tf.Tensor4D, p as tf.Tensor4D, 1, 'same'),
    [1, 4, 4, 2],
    [2, 2, 2, 1],
    [1, 1, 2, 3],
  ],
};

describe('the gradient agrees with finite differences, and leaves nothing behind:', () => {
  it.each(Object.entries(ops))('%s', (_name, [f, ...shapes]) => {
    const xs = shapes.map((shape, i) => samplePoint(shape, i));
    expectGradients(f, xs);
    tf.dispose(xs);
  });
});
