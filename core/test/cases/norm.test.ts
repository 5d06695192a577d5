import { describe, expect, it } from 'vitest';
import { BatchNorm } from '../../layers/batch-norm.ts';
import { GroupNorm } from '../../layers/group-norm.ts';
import { InstanceNorm } from '../../layers/instance-norm.ts';
import { LayerNorm } from '../../layers/layer-norm.ts';
import { Linear } from '../../layers/linear.ts';
import { RMSNorm } from '../../layers/rms-norm.ts';
import { SpectralNorm } from '../../layers/spectral-norm.ts';
import { WeightNorm } from '../../layers/weight-norm.ts';
import { grad } from '../../nnx/grad.ts';
import { Rngs } from '../../nnx/rngs.ts';
import { Module } from '../../nnx/module.ts';
import { state } from '../../nnx/split.ts';
import { BatchStat, Param } from '../../nnx/variable.ts';
import { constant } from '../../random/initializers.ts';
import { tf } from '../../tensor/tf.ts';
import { expectClose, rngs, shapeOf, using, valuesOf } from './helpers.ts';

const x23 = [
  [1, 2, 4],
  [3, 6, 8],
];
const counting = (_key: unknown, shape: readonly number[]) =>
  Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1);
const listOf = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

/** Mean and biased standard deviation of numbers, in double precision. */
function moments(values: readonly number[]): [number, number] {
  const mean = values.reduce((a, b) => a + b) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
}

describe('BatchNorm', () => {
  const make = (options = {}) => new BatchNorm({ numFeatures: 3, rngs: rngs(), ...options });

  it('NRM-001 NRM-017 normalizes by the batch, and moves the stored statistics by 1 percent', () => {
    using(make(), (bn) => {
      expect([bn.mean.shape, bn.var.shape, bn.scale?.shape, bn.bias?.shape]).toEqual([[3], [3], [3], [3]]);
      expectClose(
        valuesOf(() => bn.call(x23)),
        [
          [-0.999995, -0.99999875, -0.99999875],
          [0.999995, 0.99999875, 0.99999875],
        ],
      );
      expectClose(listOf(bn.mean.value), [0.02, 0.04, 0.06]);
      expectClose(listOf(bn.var.value), [1, 1.03, 1.03]);
    });
  });

  it('NRM-001 draws a key for scale and one for bias', () => {
    const streams = rngs();
    using(new BatchNorm({ numFeatures: 3, rngs: streams }), () => expect(streams.default.count.value).toBe(2));
  });

  it('NRM-010 moves mean and biased variance by 1 − momentum', () => {
    using(make({ momentum: 0.5 }), (bn) => {
      valuesOf(() => bn.call(x23));
      valuesOf(() => bn.call(x23));
      expectClose(listOf(bn.mean.value), [1.5, 3, 4.5]);
      expectClose(listOf(bn.var.value), [1, 3.25, 3.25]);
    });
  });

  it('NRM-011 with the stored statistics nothing changes', () => {
    using(make({ useRunningAverage: true }), (bn) => {
      expectClose(
        valuesOf(() => bn.call(x23)),
        x23,
        3,
      );
      expect(listOf(bn.mean.value)).toEqual([0, 0, 0]);
    });
  });

  it('NRM-012 MOD-003 the call decides, then the attribute, else it is refused with three remedies', () => {
    using(make({ useRunningAverage: null }), (bn) => {
      expect(() => bn.call(x23)).toThrow(/^No `useRunningAverage` argument was provided to BatchNorm\.[^]*\(1\)[^]*\(2\)[^]*\(3\)/);
      expectClose(
        valuesOf(() => bn.call(x23, { useRunningAverage: true })),
        x23,
        3,
      );
      bn.useRunningAverage = true;
      valuesOf(() => bn.call(x23, { useRunningAverage: false }));
      expectClose(listOf(bn.mean.value), [0.02, 0.04, 0.06]);
    });
  });

  it('NRM-013 a mask leaves entries out of the statistics, and they are normalized too', () => {
    using(make({ momentum: 0 }), (bn) => {
      const mask = tf.tensor([[1], [1], [0]], [3, 1], 'bool');
      const y = valuesOf(() => bn.call([...x23, [100, 100, 100]], { mask })) as number[][];
      expectClose(listOf(bn.mean.value), [2, 4, 6]);
      expectClose(y[0]!, [-0.999995, -0.99999875, -0.99999875]);
      expectClose(y[2]![0]!, 98, 2);
      mask.dispose();
    });
  });

  it('NRM-014 a constant batch gives the bias exactly', () => {
    using(make({ biasInit: constant(0.5) }), (bn) =>
      expect(
        valuesOf(() =>
          bn.call([
            [7, 7, 7],
            [7, 7, 7],
          ]),
        ),
      ).toEqual([
        [0.5, 0.5, 0.5],
        [0.5, 0.5, 0.5],
      ]),
    );
  });

  it('NRM-015 refuses another number of features', () => using(make(), (bn) => expect(() => bn.call([[1, 2]])).toThrow(/numFeatures/)));

  it('NRM-016 the gradient flows through mean and variance, and the stored statistics have none', () => {
    using(make({ momentum: 0.5 }), (bn) => {
      const grads = grad((bn: BatchNorm) => tf.sum(tf.mul(bn.call(x23), tf.tensor2d(x23))))(bn);
      expect([...grads.keys()]).toEqual(['bias', 'scale']);
      grads.dispose();
      expectClose(listOf(bn.mean.value), [1, 2, 3]);
      // The sum of what is normalized does not depend on the input.
      const x = tf.tensor2d(x23);
      const ofInput = tf.tidy(() => tf.grad((x: tf.Tensor) => tf.sum(bn.call(x)))(x));
      expectClose(listOf(ofInput), [0, 0, 0, 0, 0, 0]);
      tf.dispose([x, ofInput]);
    });
  });

  it('NRM-018 without scale and bias they are null and nothing is drawn', () => {
    const streams = rngs();
    using(new BatchNorm({ numFeatures: 3, useBias: false, useScale: false, rngs: streams }), (bn) => {
      expect([bn.scale, bn.bias, streams.default.count.value, state(bn, Param).size]).toEqual([null, null, 0, 0]);
    });
  });
});

describe('LayerNorm and RMSNorm', () => {
  it('NRM-002 normalizes over the last axis', () => {
    using(new LayerNorm({ numFeatures: 3, biasInit: constant(1), rngs: rngs() }), (norm) => {
      const expected = x23.map((row) => {
        const [mean, deviation] = moments(row);
        return row.map((value) => (value - mean) / deviation + 1);
      });
      expectClose(
        valuesOf(() => norm.call(x23)),
        expected,
        4,
      );
    });
  });

  it('NRM-003 RMSNorm divides by the root of the mean square, and has a scale only', () => {
    using(new RMSNorm({ numFeatures: 3, rngs: rngs() }), (norm) => {
      const expected = x23.map((row) => row.map((value) => value / Math.sqrt(row.reduce((sum, v) => sum + v * v, 0) / 3)));
      expectClose(
        valuesOf(() => norm.call(x23)),
        expected,
      );
      expect([...state(norm).keys()]).toEqual(['scale']);
    });
  });

  it('NRM-025 may reduce several axes with a scale per last axis', () => {
    using(new LayerNorm({ numFeatures: 3, reductionAxes: [0, 1], scaleInit: counting, rngs: rngs() }), (norm) => {
      const [mean, deviation] = moments(x23.flat());
      expectClose(
        valuesOf(() => norm.call(x23)),
        x23.map((row) => row.map((value, i) => ((value - mean) / deviation) * (i + 1))),
        4,
      );
    });
  });
});

describe('GroupNorm and InstanceNorm', () => {
  const make = (options = {}) => new GroupNorm({ numFeatures: 4, numGroups: 2, rngs: rngs(), ...options });
  const image = () => tf.reshape(tf.square(tf.range(0, 16)), [1, 2, 2, 4]);

  it('NRM-004 normalizes each group over itself and the axes between', () => {
    using(make(), (norm) => {
      const y = valuesOf(() => norm.call(image())) as number[][][][];
      const group = y[0]!.flat().flatMap(([a, b]) => [a!, b!]);
      const [mean, deviation] = moments(group);
      expectClose([mean, deviation], [0, 1], 4);
    });
  });

  it('NRM-005 InstanceNorm normalizes each feature over space', () => {
    using(new InstanceNorm({ numFeatures: 4, rngs: rngs() }), (norm) => {
      const y = valuesOf(() => norm.call(image())) as number[][][][];
      for (const feature of [0, 3]) expectClose(moments(y[0]!.flat().map((values) => values[feature]!)), [0, 1], 4);
    });
  });

  it('NRM-020 refuses both and neither of numGroups and groupSize', () => {
    for (const options of [{ numGroups: null }, { numGroups: 2, groupSize: 2 }])
      expect(() => make(options)).toThrow(/^Either `numGroups` or `groupSize` should be specified\..*numGroups: null/);
  });

  it('NRM-021 NRM-022 refuses groups that do not come out even', () => {
    expect(() => make({ numGroups: 32 })).toThrow(/^Number of groups \(32\) does not divide the number of channels \(4\)\./);
    expect(() => make({ numFeatures: 6, numGroups: null, groupSize: 4 })).toThrow(
      /^Number of features \(6\) is not multiple of the group size \(4\)\./,
    );
    using(make({ numGroups: null, groupSize: 2 }), (norm) => expect(norm.numGroups).toBe(2));
  });

  it('NRM-023 BUG-13 keeps statistics with their axis where a spatial axis is not reduced', () => {
    using(make({ reductionAxes: [2, 3] }), (norm) => {
      const y = valuesOf(() => norm.call(image())) as number[][][][];
      for (const row of y[0]!) expectClose(moments(row.flatMap(([a, b]) => [a!, b!])), [0, 1], 4);
    });
  });

  it('NRM-024 refuses the batch axis as a feature axis', () => {
    using(new InstanceNorm({ numFeatures: 1, featureAxes: 0, rngs: rngs() }), (norm) => {
      expect(() => norm.call(tf.ones([1, 2, 3]))).toThrow(/^The channel axes cannot include the leading dimension/);
    });
  });
});

describe('WeightNorm and SpectralNorm', () => {
  const linear = (streams = rngs()) => new Linear({ inFeatures: 2, outFeatures: 2, kernelInit: counting, rngs: streams });

  it('NRM-006 NRM-030 overwrites the kernel by its direction times a scale, and stays there', () => {
    using(new WeightNorm({ layerInstance: linear(), rngs: rngs() }), (norm) => {
      const { kernel } = norm.layerInstance as Linear;
      const expected = [1 / Math.sqrt(10), 2 / Math.sqrt(20), 3 / Math.sqrt(10), 4 / Math.sqrt(20)];
      for (const _ of [1, 2]) {
        valuesOf(() => norm.call([[1, 0]]) as tf.Tensor);
        expectClose(listOf(kernel.value), expected);
      }
      expect(norm.scales?.['kernel']).not.toBeInstanceOf(Param);
    });
  });

  it('NRM-031 without feature axes there is one length for all', () => {
    using(new WeightNorm({ layerInstance: linear(), featureAxes: null, useScale: false, rngs: rngs() }), (norm) => {
      valuesOf(() => norm.call([[1, 0]]) as tf.Tensor);
      expectClose(
        listOf((norm.layerInstance as Linear).kernel.value),
        [1, 2, 3, 4].map((w) => w / Math.sqrt(30)),
      );
    });
  });

  it('BUG-17 WeightNorm draws a key for each scale, so that random scales are random', () => {
    const streams = new Rngs({ params: 0 });
    using(new WeightNorm({ layerInstance: linear(streams), scaleInit: 'lecunNormal' as never, useScale: false, rngs: streams }), () => {
      expect(streams.params.count.value).toBe(2);
    });
    const drawn = new Rngs({ params: 0 });
    using(
      new WeightNorm({
        layerInstance: linear(drawn),
        scaleInit: (key, shape) => Float32Array.from({ length: shape[0]! }, (_, i) => key.data[i]! / 2 ** 32),
        rngs: drawn,
      }),
      (norm) => {
        expect(drawn.params.count.value).toBe(3);
        expect(new Set(listOf(norm.scales!['kernel']!.value)).size).toBe(2);
      },
    );
  });

  it('NRM-007 NRM-035 SpectralNorm divides the kernel by its largest singular value, in evaluation too', () => {
    using(new SpectralNorm({ layerInstance: linear(), nSteps: 20, rngs: rngs() }), (norm) => {
      expect(Object.keys(norm.batchStats)).toEqual(['kernel/u', 'kernel/sigma']);
      expect([norm.batchStats['kernel/u'] instanceof BatchStat, norm.batchStats['kernel/u']?.shape]).toEqual([true, [1, 2]]);
      valuesOf(() => norm.call([[1, 0]]) as tf.Tensor);
      const sigma = Math.sqrt(15 + Math.sqrt(221)); // of [[1, 2], [3, 4]]
      expectClose(listOf(norm.batchStats['kernel/sigma']!.value), [sigma], 4);
      expectClose(
        listOf((norm.layerInstance as Linear).kernel.value),
        [1, 2, 3, 4].map((w) => w / sigma),
        4,
      );
    });
  });

  it('NRM-036 MOD-004 eval() stops the statistics of SpectralNorm, train() goes on, a call may say otherwise', () => {
    using(new SpectralNorm({ layerInstance: linear(), rngs: rngs() }), (norm) => {
      // The kernel has been divided by its sigma, which is then near 1: the direction u tells whether the statistics moved.
      const read = () => listOf(norm.batchStats['kernel/u']!.value);
      const start = read();
      norm.eval();
      valuesOf(() => norm.call([[1, 0]]) as tf.Tensor);
      expect([norm.useRunningAverage, read()]).toEqual([true, start]);
      valuesOf(() => norm.call([[1, 0]], { updateStats: true }) as tf.Tensor);
      expect(read()).not.toEqual(start);
      norm.train();
      expect(norm.useRunningAverage).toBe(false);
      expect('setView' in norm).toBe(false);
    });
  });

  it('NRM-037 refuses parameters of more than two axes if told to', () => {
    class Cube extends Module {
      kernel = new Param(tf.ones([2, 2, 2]));
      call(x: tf.Tensor): tf.Tensor {
        return x;
      }
    }
    const cube = new Cube();
    expect(() => new SpectralNorm({ layerInstance: cube, errorOnNonMatrix: true, rngs: rngs() })).toThrow(
      /^Layer instance parameter is 3D but error_on_non_matrix is True/,
    );
    using(new SpectralNorm({ layerInstance: cube, rngs: rngs() }), (norm) =>
      expect(shapeOf(() => norm.call(tf.ones([2])) as tf.Tensor)).toEqual([2]),
    );
  });
});
