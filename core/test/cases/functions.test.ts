import { describe, expect, it } from 'vitest';
import { Einsum } from '../../layers/einsum.ts';
import { Linear } from '../../layers/linear.ts';
import { celu } from '../../ops/celu.ts';
import { elu } from '../../ops/elu.ts';
import { gelu } from '../../ops/gelu.ts';
import { glu } from '../../ops/glu.ts';
import { hardSigmoid } from '../../ops/hard-sigmoid.ts';
import { hardSilu } from '../../ops/hard-silu.ts';
import { hardTanh } from '../../ops/hard-tanh.ts';
import { identity } from '../../ops/identity.ts';
import { leakyRelu } from '../../ops/leaky-relu.ts';
import { logSigmoid } from '../../ops/log-sigmoid.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';
import { logsumexp } from '../../ops/logsumexp.ts';
import { maximum } from '../../ops/maximum.ts';
import { oneHot } from '../../ops/one-hot.ts';
import { relu } from '../../ops/relu.ts';
import { relu6 } from '../../ops/relu6.ts';
import { selu } from '../../ops/selu.ts';
import { sigmoid } from '../../ops/sigmoid.ts';
import { silu } from '../../ops/silu.ts';
import { softSign } from '../../ops/soft-sign.ts';
import { softmax } from '../../ops/softmax.ts';
import { softplus } from '../../ops/softplus.ts';
import { standardize } from '../../ops/standardize.ts';
import { tanh } from '../../ops/tanh.ts';
import { erfInv } from '../../random/erf.ts';
import {
  constant,
  deltaOrthogonal,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  type Initializer,
  kaimingNormal,
  kaimingUniform,
  lecunNormal,
  lecunUniform,
  normal,
  ones,
  orthogonal,
  truncatedNormal,
  uniform,
  varianceScaling,
  xavierNormal,
  xavierUniform,
  zeros,
} from '../../random/initializers.ts';
import { key } from '../../random/key.ts';
import { tf } from '../../tensor/tf.ts';
import { expectClose, rngs, slopes, using, valuesOf } from './helpers.ts';

const at = (f: (x: tf.Tensor) => tf.Tensor, ...x: number[]) => valuesOf(() => f(tf.tensor1d(x)));
const s = (v: number) => 1 / (1 + Math.exp(-v));

describe('activations', () => {
  it('ACT-001 ACT-002 relu and relu6, flat at 0 and 6', () => {
    expect([at(relu, -1, 0, 2), slopes(relu, [-1, 0, 2])]).toEqual([
      [0, 0, 2],
      [0, 0, 1],
    ]);
    expect([at(relu6, -1, 3, 9), slopes(relu6, [0, 3, 6, 9])]).toEqual([
      [0, 3, 6],
      [0, 1, 0, 0],
    ]);
  });

  it('ACT-003 TFJ-009 leakyRelu has the slope 1 at 0', () => {
    expectClose(at(leakyRelu, -1, 0, 2), [-0.01, 0, 2]);
    expectClose(slopes(leakyRelu, [-1, 0, 2]), [0.01, 1, 1]);
    expectClose(
      at((x) => leakyRelu(x, { negativeSlope: 0.5 }), -2),
      [-1],
    );
  });

  it('ACT-004 ACT-005 elu, celu and selu', () => {
    const e = Math.exp(-1) - 1;
    expectClose(at(elu, -1, 0, 2), [e, 0, 2]);
    expectClose(
      at((x) => elu(x, { alpha: 2 }), -1),
      [2 * e],
    );
    expectClose(
      at((x) => celu(x, { alpha: 2 }), -2),
      [2 * e],
    );
    expectClose([...slopes(elu, [0]), ...slopes((x) => celu(x, { alpha: 2 }), [0])], [1, 1]);
    expectClose(at(selu, -1, 2), [1.0507009873554805 * 1.6732632423543772 * e, 1.0507009873554805 * 2]);
    expectClose(slopes(selu, [0]), [1.7581], 3);
  });

  it('ACT-006 gelu is the tanh form unless told otherwise', () => {
    expectClose(at(gelu, 1), [0.5 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * 1.044715))]);
    expectClose(
      at((x) => gelu(x, { approximate: false }), 1),
      [0.8413447],
    );
  });

  it('ACT-007 ACT-008 ACT-009 the sigmoids', () => {
    expectClose(at(silu, 2), [2 * s(2)]);
    expectClose(
      [at(sigmoid, 2), at(logSigmoid, 2), at(softplus, 2, 100), at(tanh, 2), at(softSign, -3), at(identity, 4)],
      [s(2), Math.log(s(2)), Math.log(1 + Math.exp(2)), 100, Math.tanh(2), -0.75, 4],
    );
    expectClose([at(hardSigmoid, 1, 9), at(hardSilu, 1), at(hardTanh, -2, 0.5)], [4 / 6, 1, 4 / 6, -1, 0.5]);
    expectClose(slopes(hardTanh, [-1, 1]), [1, 1]);
  });

  it('ACT-010 softmax and logSoftmax over an axis', () => {
    const [a, b] = [1 / (1 + Math.E), Math.E / (1 + Math.E)];
    expectClose([at(softmax, 1, 2), at(logSoftmax, 1, 2)], [a, b, Math.log(a), Math.log(b)]);
    expectClose(
      valuesOf(() =>
        softmax(
          tf.tensor2d([
            [1, 5],
            [2, 5],
          ]),
          { axis: 0 },
        ),
      ),
      [
        [a, 0.5],
        [b, 0.5],
      ],
    );
  });

  it('ACT-011 ACT-012 ACT-013 ACT-014 glu, standardize, oneHot, logsumexp', () => {
    expectClose(at(glu, 3, 2), [3 * s(2)]);
    expectClose(at(standardize, 1, 3), [-1 / Math.sqrt(1 + 1e-5), 1 / Math.sqrt(1 + 1e-5)]);
    expect(valuesOf(() => oneHot(tf.tensor1d([1, 3, -1], 'int32'), 3))).toEqual([
      [0, 1, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expectClose(
      valuesOf(() =>
        logsumexp(
          tf.tensor2d([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
      Math.log(Math.E + Math.E ** 2 + Math.E ** 3 + Math.E ** 4),
    );
  });
});

describe('initialisers', () => {
  const draw = (initializer: Initializer, shape: readonly number[], seed = 0) => [...initializer(key(seed), shape)];
  const deviation = (values: readonly number[]) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);

  it('INI-001 takes the inputs from axis −2 and the outputs from −1, times the receptive field', () => {
    expect(Math.abs(deviation(draw(heNormal(), [3, 3, 40, 50])) / Math.sqrt(2 / 360) - 1)).toBeLessThan(0.03);
    expect(() => draw(heNormal(), [5])).toThrow();
  });

  it('INI-002 INI-003 INI-004 INI-005 scales by the inputs, the outputs or their mean, in three distributions', () => {
    const spread = (mode: 'fan_in' | 'fan_out' | 'fan_avg' | 'fan_geo_avg', distribution: 'normal' | 'uniform' | 'truncated_normal') =>
      deviation(draw(varianceScaling(3, mode, distribution), [100, 50]));
    for (const distribution of ['normal', 'uniform', 'truncated_normal'] as const)
      for (const [mode, fan] of [
        ['fan_in', 100],
        ['fan_out', 50],
        ['fan_avg', 75],
        ['fan_geo_avg', Math.sqrt(5000)],
      ] as const)
        expect(Math.abs(spread(mode, distribution) / Math.sqrt(3 / fan) - 1)).toBeLessThan(0.05);
    const cut = draw(varianceScaling(1, 'fan_in', 'truncated_normal'), [100, 50]);
    expect(Math.max(...cut.map(Math.abs))).toBeLessThanOrEqual((2 * 0.1) / 0.87962566 + 1e-6);
    expect(Math.max(...draw(varianceScaling(1, 'fan_in', 'uniform'), [100, 50]).map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(3 / 100));
  });

  it('INI-006 INI-007 INI-008 the named ones are variance scalings', () => {
    const same = (a: Initializer, b: Initializer) => expect(draw(a, [4, 6])).toEqual(draw(b, [4, 6]));
    same(lecunNormal(), varianceScaling(1, 'fan_in', 'truncated_normal'));
    same(lecunUniform(), varianceScaling(1, 'fan_in', 'uniform'));
    same(glorotNormal(), varianceScaling(1, 'fan_avg', 'truncated_normal'));
    same(glorotUniform(), varianceScaling(1, 'fan_avg', 'uniform'));
    same(heNormal(), varianceScaling(2, 'fan_in', 'truncated_normal'));
    same(heUniform(), varianceScaling(2, 'fan_in', 'uniform'));
    expect([xavierNormal, xavierUniform, kaimingNormal, kaimingUniform]).toEqual([glorotNormal, glorotUniform, heNormal, heUniform]);
  });

  it('INI-009 the plain ones', () => {
    expect([draw(zeros, [2]), draw(ones, [2]), draw(constant(3), [2])]).toEqual([
      [0, 0],
      [1, 1],
      [3, 3],
    ]);
    const many = draw(uniform(), [1000]);
    expect([Math.min(...many) >= 0, Math.max(...many) < 0.01]).toEqual([true, true]);
    expect(Math.abs(deviation(draw(normal(), [4000])) / 0.01 - 1)).toBeLessThan(0.05);
    expect(Math.max(...draw(truncatedNormal(), [4000]).map(Math.abs))).toBeLessThanOrEqual(0.02);
  });

  it('INI-010 TFJ-014 orthogonal rows or columns, and at the middle of a kernel', () => {
    const gram = (values: readonly number[], n: number) =>
      [0, 1].map((i) =>
        [0, 1].map((j) => Array.from({ length: n }, (_, k) => values[k * 2 + i]! * values[k * 2 + j]!).reduce((a, b) => a + b)),
      );
    expectClose(gram(draw(orthogonal(), [5, 2]), 5), [
      [1, 0],
      [0, 1],
    ]);
    expectClose(gram(draw(orthogonal(2), [5, 2]), 5), [
      [4, 0],
      [0, 4],
    ]);
    const kernel = draw(deltaOrthogonal(), [3, 2, 2]);
    expect([kernel.slice(0, 4), kernel.slice(8)]).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expectClose(gram(kernel.slice(4, 8), 2), [
      [1, 0],
      [0, 1],
    ]);
  });

  it('INI-011 a Linear draws its kernel by lecunNormal and starts its bias at zero', () => {
    using(new Linear({ inFeatures: 4, outFeatures: 6, rngs: rngs() }), (linear) => {
      expectClose(linear.kernel.value.arraySync(), [...lecunNormal()(rngs().params(), [4, 6])]);
      expect(linear.bias!.value.arraySync()).toEqual([0, 0, 0, 0, 0, 0]);
    });
  });

  it('TFJ-013 erfInv is there, in double precision', () => expectClose(erfInv(0.5), 0.47693628));
});

describe('what TensorFlow.js does otherwise', () => {
  it('TFJ-009 at equal numbers the gradient of maximum is shared', () => {
    expect(slopes((x) => maximum(x, tf.onesLike(x)), [0, 1, 2])).toEqual([0, 0.5, 1]);
  });

  it('TFJ-010 TFJ-012 numbers are float32 and counts are integers', () => {
    expect(valuesOf(() => tf.tensor1d([16777217], 'float32'))).toEqual([16777216]);
    const streams = rngs();
    streams.default.count.value = 2 ** 31;
    expect(streams.default().data.every((word) => word >= 0)).toBe(true);
    expect(streams.default.count.value).toBe(2 ** 31 + 1);
  });

  it('MOD-008 the equation of an Einsum call takes the place of the attribute', () => {
    using(new Einsum({ einsumStr: 'ab,bc->ac', kernelShape: [2, 2], kernelInit: 'ones', rngs: rngs() }), (layer) => {
      layer.setAttributes({ einsumStr: 'ab,bc->a' });
      expect(valuesOf(() => layer.call([[1, 2]]))).toEqual([6]);
      expect(valuesOf(() => layer.call([[1, 2]], 'ab,bc->ac'))).toEqual([[3, 3]]);
    });
  });
});
