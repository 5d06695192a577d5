/** @file Activations where rounding, infinities and NaN decide: values, slopes, and which slopes let nothing through. */
import { describe, expect, it } from 'vitest';
import { loadActivations, recordedNumbers } from '../fixtures/load.ts';
import { findDescriptor } from '../registry.gen.ts';
import { fillDefaults } from '../spec/args.ts';
import type { OpDescriptor } from '../spec/define.ts';
import type { Args } from '../spec/params.ts';
import { valueAndGradients } from '../tensor/gradients.ts';
import { tf } from '../tensor/tf.ts';
import { CLOSE, expectClose } from '../test/golden/compare.ts';
import { elu } from './elu.ts';
import { gelu } from './gelu.ts';
import { logSigmoid } from './log-sigmoid.ts';
import { logSoftmax } from './log-softmax.ts';
import { logsumexp } from './logsumexp.ts';
import { relu } from './relu.ts';
import { relu6 } from './relu6.ts';
import { selu } from './selu.ts';
import { sigmoid } from './sigmoid.ts';
import { softmax } from './softmax.ts';
import { softplus } from './softplus.ts';
import { standardize } from './standardize.ts';
import { tanh } from './tanh.ts';

const [{ points }, recorded] = await loadActivations();
const at = recordedNumbers(points);

/** The value, and its gradient for this `dy` everywhere; frees all that it makes. */
function run(f: (x: tf.Tensor) => tf.Tensor, values: readonly number[], dy = 1): { readonly y: number[]; readonly slope: number[] } {
  const x = tf.tensor1d([...values]);
  const all = tf.fill(x.shape, dy);
  const { value, grads } = valueAndGradients(() => f(x), [x], all);
  const result = { y: [...value.dataSync()], slope: [...grads[0]!.dataSync()] };
  tf.dispose([x, all, value, ...grads]);
  return result;
}

describe('activations at the edges', () => {
  it.each(recorded.map((entry) => [`${entry.op} ${JSON.stringify(entry.params)}`, entry] as const))('%s', (place, entry) => {
    const descriptor = findDescriptor(entry.op) as OpDescriptor;
    const args = fillDefaults(descriptor.params, entry.params as Args) as never;
    const f = (x: tf.Tensor) => descriptor.apply({ x }, args) as tf.Tensor;
    const { y, slope } = run(f, at);
    expectClose(y, recordedNumbers(entry.out), CLOSE, `${place} value`);
    // At infinities some of JAX's slopes are NaN, from Infinity / Infinity, where ours are the limits.
    const wanted = recordedNumbers(entry.slope).map((value, i) => (Number.isNaN(value) && !Number.isNaN(at[i]!) ? slope[i]! : value));
    expectClose(slope, wanted, CLOSE, `${place} slope`);
    const blocked = run(f, at, NaN).slope.map((value) => value === 0);
    expect(blocked, `where ${place} lets no NaN back`).toEqual(recordedNumbers(entry.blocksNaN).map((bit) => bit === 1));
  });

  it('keeps the digits of small negative numbers, and of the far tail of the normal distribution', () => {
    expectClose(run(elu, [-1e-6, -1e-12]).y, [-1e-6, -1e-12], { rtol: 1e-5, atol: 0 }, 'elu');
    expectClose(run(selu, [-1e-6, -1e-12]).y, [-1.7580993e-6, -1.7580993e-12], { rtol: 1e-5, atol: 0 }, 'selu');
    const exact = run((x) => gelu(x, { approximate: false }), [-3, -6, -10]).y;
    expectClose(exact, [-0.0040496960282, -5.919537748866e-9, -7.619852977e-23], { rtol: 1e-4, atol: 0 }, 'gelu');
  });
});

describe('activations of integers', () => {
  it('are those of the same numbers as float32, not cut to integers', () => {
    for (const f of [elu, selu, relu6, softplus, logSigmoid, sigmoid, tanh, softmax, logSoftmax, (x: tf.Tensor) => gelu(x)]) {
      const [integers, floats, dtype] = tf.tidy(() => {
        const y = f(tf.tensor1d([-7, 0, 8], 'int32'));
        return [[...y.dataSync()], [...f(tf.tensor1d([-7, 0, 8])).dataSync()], y.dtype] as never;
      }) as unknown as [number[], number[], string];
      expect([integers, dtype]).toEqual([floats, 'float32']);
    }
    expect(tf.tidy(() => relu(tf.tensor1d([-7, 8], 'int32')).dtype)).toBe('int32');
  });

  it('leave no tensor over', () => {
    const x = tf.tensor1d([-7, 0, 8], 'int32');
    const before = tf.memory().numTensors;
    for (const f of [elu, relu6, softplus, softmax]) f(x).dispose();
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
  });
});

describe('softmax and logSoftmax', () => {
  const read = (f: () => tf.Tensor) => tf.tidy(() => [...f().dataSync()]);
  const x = () => tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);

  it('take several axes, or all, as one', () => {
    const flat = read(() => softmax(tf.reshape(x(), [8])));
    expectClose(
      read(() => softmax(x(), { axis: null })),
      flat,
      CLOSE,
      'all axes',
    );
    const rows = read(() => tf.transpose(tf.reshape(softmax(tf.reshape(tf.transpose(x(), [1, 0, 2]), [2, 4])), [2, 2, 2]), [1, 0, 2]));
    expectClose(
      read(() => softmax(x(), { axis: [0, -1] })),
      rows,
      CLOSE,
      'axes 0 and 2',
    );
    expectClose(
      read(() => tf.exp(logSoftmax(x(), { axis: [2, 0] }))),
      rows,
      CLOSE,
      'logarithm',
    );
  });

  it('leave out what `where` leaves out, from values and gradients; a row with nothing kept is 0, not NaN', () => {
    const logits = tf.tensor2d([
      [1, 2, NaN],
      [5, 6, 7],
    ]);
    const where = tf.tensor2d([1, 1, 0, 0, 0, 0], [2, 3], 'bool');
    const weights = tf.tensor2d([
      [1, 3, 5],
      [1, 1, 1],
    ]);
    const e = 1 / (1 + Math.E);
    const { value, grads } = valueAndGradients(() => tf.mul(softmax(logits, { where }), weights), [logits]);
    expectClose([...value.dataSync()], [e, 3 * (1 - e), 0, 0, 0, 0], CLOSE, 'value');
    const slope = 2 * e * (1 - e);
    expectClose([...grads[0]!.dataSync()], [-slope, slope, 0, 0, 0, 0], CLOSE, 'gradient');
    expectClose(
      read(() => logSoftmax(logits, { where })),
      [Math.log(e), Math.log(1 - e), -Infinity, -Infinity, -Infinity, -Infinity],
      CLOSE,
      'logarithm',
    );
    tf.dispose([logits, where, weights, value, ...grads]);
  });
});

// Recorded from nnx.standardize and nnx.logsumexp, with the gradient of the result times 1, 2, 3 …
describe('statistics of a part', () => {
  const x = [1, 2, 4, 0, -1, 3];
  const checked = (place: string, f: (x: tf.Tensor) => tf.Tensor, wanted: readonly number[], slope: readonly number[]) => {
    const { y, grad } = tf.tidy(() => {
      const input = tf.tensor2d(x, [2, 3]);
      const value = f(input);
      const dy = tf.reshape(tf.range(1, value.size + 1), value.shape);
      return { y: [...value.dataSync()], grad: [...tf.grad(f)(input, dy).dataSync()] } as never;
    }) as unknown as { y: number[]; grad: number[] };
    expectClose(y, wanted, CLOSE, place);
    expectClose(grad, slope, { rtol: 1e-4, atol: 1e-4 }, `gradient of ${place}`);
  };
  const mask = (...values: number[]) => tf.tensor2d(values, [2, 3], 'bool');

  it('standardize counts what `where` keeps, and takes a mean or variance from elsewhere', () => {
    checked(
      'standardize where',
      (x) => standardize(x, { where: mask(1, 1, 0, 0, 1, 1) }),
      [-0.99998, 0.99998, 4.9999, -0.4999994, -0.9999987, 0.9999987],
      [11.99912, -17.998997, 5.99988, 1.9999975, -1.4999974, -0.5],
    );
    checked(
      'standardize with mean',
      (x) => standardize(x, { axis: null, mean: tf.tensor2d([[1], [0]]) }),
      [0, 0.4898973, 1.469692, 0, -0.4399409, 1.3198227],
      [0.089852, 0.179704, -0.130489, 1.7597636, 2.5997498, 1.4395096],
    );
    checked(
      'standardize with variance',
      (x) => standardize(x, { variance: tf.scalar(4), epsilon: 0 }),
      [-0.6666667, -0.1666667, 0.8333333, -0.3333333, -0.8333334, 1.1666666],
      [-0.5, 0, 0.5, -0.5, 0, 0.5],
    );
  });

  it('logsumexp leaves out what `where` leaves out, and gives -Infinity for nothing', () => {
    checked(
      'logsumexp where',
      (x) => logsumexp(x, { axis: -1, where: mask(1, 1, 0, 0, 1, 1) }),
      [2.3132615, 3.0181499],
      [0.2689414, 0.7310586, 0, 0, 0.0359724, 1.9640275],
    );
    checked(
      'logsumexp of a column of nothing',
      (x) => logsumexp(x, { axis: 0, keepdims: true, where: mask(1, 0, 0, 1, 0, 1) }),
      [1.3132616, -Infinity, 3],
      [0.7310586, 0, 0, 0.2689414, 0, 3],
    );
  });
});
