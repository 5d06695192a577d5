/** @file The normalisation layers and Dropout: modes, statistics, streams. By the specification's numbers. */
import { afterEach, describe, expect, it } from 'vitest';
import { dispose } from '../nnx/dispose.ts';
import { grad } from '../nnx/grad.ts';
import { Rngs, RngStream } from '../nnx/rngs.ts';
import type { State } from '../nnx/state.ts';
import { view } from '../nnx/view.ts';
import { key } from '../random/key.ts';
import { fillDefaults } from '../spec/args.ts';
import { tf } from '../tensor/tf.ts';
import { BatchNorm } from './batch-norm.ts';
import { Dropout } from './dropout.ts';
import { GroupNorm, groupNormLayer } from './group-norm.ts';
import { InstanceNorm, instanceNormLayer } from './instance-norm.ts';
import { LayerNorm, layerNormLayer } from './layer-norm.ts';
import { Linear } from './linear.ts';
import { RMSNorm } from './rms-norm.ts';
import { SpectralNorm } from './spectral-norm.ts';
import { WeightNorm } from './weight-norm.ts';

const owned: unknown[] = [];
afterEach(() => dispose(owned.splice(0)));
function own<T>(value: T): T {
  owned.push(value);
  return value;
}
const read = (make: () => tf.Tensor): number[] => tf.tidy(() => [...make().dataSync()]);
const close = (numbers: readonly number[]) => numbers.map((number) => expect.closeTo(number, 5));

describe('BatchNorm', () => {
  const make = (options: object = {}) => own(new BatchNorm({ numFeatures: 3, rngs: new Rngs(0), ...options }));
  const x = () =>
    tf.tensor2d([
      [1, 2, 4],
      [3, 6, 8],
    ]);

  it('NRM-017: gives the worked numbers, and moves the statistics', () => {
    const norm = make();
    expect(read(() => norm.call(x()))).toEqual(close([-0.999995, -0.99999875, -0.99999875, 0.999995, 0.99999875, 0.99999875]));
    expect([...norm.mean.value.dataSync()]).toEqual(close([0.02, 0.04, 0.06]));
    expect([...norm.var.value.dataSync()]).toEqual(close([1, 1.03, 1.03]));
  });

  it('NRM-011, NRM-012, MOD-003: uses the stored statistics by attribute or by call, and then leaves them', () => {
    const norm = make({ useRunningAverage: true });
    expect(read(() => norm.call(x()))).toEqual(read(() => tf.div(x(), Math.sqrt(1 + 1e-5))).map((value) => expect.closeTo(value, 5)));
    expect([...norm.mean.value.dataSync()]).toEqual([0, 0, 0]);
    norm.call(x(), { useRunningAverage: false }).dispose();
    expect([...norm.mean.value.dataSync()]).toEqual(close([0.02, 0.04, 0.06]));
  });

  it('NRM-014: gives the bias for a constant batch', () => {
    const norm = make({ biasInit: { name: 'constant', value: 0.25 } });
    expect(read(() => norm.call(tf.ones([4, 3])))).toEqual(Array.from({ length: 12 }, () => 0.25));
  });

  it('NRM-015: refuses another number of features, naming the option', () => {
    expect(() => tf.tidy(() => make().call(tf.ones([2, 4])))).toThrow('BatchNorm expects an input with axis 1 of 3 but got (2, 4).');
  });

  it('NRM-016: keeps the statistics that a gradient call moved, and gives them no gradient', () => {
    const norm = make();
    const grads = own(grad((m: BatchNorm) => tf.sum(tf.square(m.call(x()))))(norm)) as unknown as State;
    expect(grads.flat().map(([path]) => path.join('/'))).toEqual(['bias', 'scale']);
    expect([...norm.mean.value.dataSync()]).toEqual(close([0.02, 0.04, 0.06]));
  });

  it('NRM-018: has null and draws nothing where scale and bias are off', () => {
    const rngs = new Rngs(0);
    const norm = own(new BatchNorm({ numFeatures: 3, useScale: false, useBias: false, rngs }));
    expect([norm.scale, norm.bias, rngs.default.count.value]).toEqual([null, null, 0]);
  });

  it('VIW-003: moves the statistics of the original when a view trains', () => {
    const norm = make({ useRunningAverage: true });
    view(norm, { useRunningAverage: false }).call(x()).dispose();
    expect([...norm.mean.value.dataSync()]).toEqual(close([0.02, 0.04, 0.06]));
  });

  it('works in views, which copy attributes without running the constructor', () => {
    const norm = make();
    const training = view(norm, { useRunningAverage: false });
    expect(read(() => training.call(x()))).toEqual(read(() => norm.call(x())));
  });
});

it('NRM-013: takes masks of truth values that broadcast to the input, and says so', () => {
  const rngs = new Rngs(0);
  const norms = [
    new BatchNorm({ numFeatures: 4, rngs }),
    new LayerNorm({ numFeatures: 4, rngs }),
    new GroupNorm({ numFeatures: 4, numGroups: 2, rngs }),
  ];
  for (const norm of norms.map(own)) {
    const call = (mask: tf.Tensor) => () => tf.tidy(() => norm.call(tf.ones([2, 3, 4]), { mask }));
    expect(call(own(tf.ones([2, 3, 4])))).toThrow('mask must be of truth values, but is float32. Convert it with tf.cast(mask,');
    expect(call(own(tf.ones([5, 1, 4], 'bool')))).toThrow('mask must broadcast to the input');
  }
  const short = own(tf.ones([2, 3, 1], 'bool'));
  expect(() => tf.tidy(() => norms[2]!.call(tf.ones([2, 3, 4]), { mask: short }))).toThrow(
    'mask must have a last axis of 4, one entry for each feature, but got (2, 3, 1).',
  );
});

describe('the number of features', () => {
  const rngs = new Rngs(0);
  const made = (options: object) => [
    own(new LayerNorm({ numFeatures: 1, rngs, ...options })),
    own(new RMSNorm({ numFeatures: 1, rngs, useScale: (options as { useScale?: boolean }).useScale ?? true })),
    own(new InstanceNorm({ numFeatures: 1, rngs, ...options })),
  ];

  it('must be that of the feature axes: a scale of one is not stretched over all', () => {
    for (const norm of made({})) {
      const name = norm.constructor.name;
      expect(() => tf.tidy(() => norm.call(tf.ones([2, 3, 4])))).toThrow(
        `${name} expects an input with 1 features on axis 2 but got (2, 3, 4). Make the layer with numFeatures 4, or give it an input that fits.`,
      );
    }
    const onTwo = own(new LayerNorm({ numFeatures: 6, featureAxes: [1, 2], rngs }));
    expect(() => tf.tidy(() => onTwo.call(tf.ones([2, 3, 4])))).toThrow('LayerNorm expects an input with 6 features on axes 1, 2');
  });

  it('does not matter where there is neither scale nor bias, as in Flax, in a design as in the call', () => {
    for (const norm of made({ useScale: false, useBias: false })) {
      expect(tf.tidy(() => norm.call(tf.ones([2, 3, 4])).shape)).toEqual([2, 3, 4]);
    }
    const args = fillDefaults(layerNormLayer.params, { numFeatures: 1, useScale: false, useBias: false });
    expect(layerNormLayer.infer({ x: { shape: [2, 3], dtype: 'float32' } }, args as never)['y']?.shape).toEqual([2, 3]);
  });

  it('is looked for on axes that the input has', () => {
    const norm = own(new LayerNorm({ numFeatures: 3, reductionAxes: 2, rngs }));
    expect(() => tf.tidy(() => norm.call(tf.ones([2, 3])))).toThrow(
      'axis 2 is out of bounds for a tensor of 2 axes. Name axes from -2 to 1.',
    );
  });
});

it('NRM-023: GroupNorm refuses an input without a batch axis, in a design too', () => {
  const norm = own(new GroupNorm({ numFeatures: 4, numGroups: 2, rngs: new Rngs(0) }));
  expect(() => tf.tidy(() => norm.call(tf.ones([4])))).toThrow('GroupNorm needs a batch axis before the features, but got (4,).');
  const args = fillDefaults(groupNormLayer.params, { numFeatures: 4, numGroups: 2 });
  expect(() => groupNormLayer.infer({ x: { shape: [4], dtype: 'float32' } }, args as never)).toThrow('at least 2 axes');
});

it('NRM-024: InstanceNorm refuses the batch axis as a feature axis in a design', () => {
  const args = fillDefaults(instanceNormLayer.params, { numFeatures: 2, featureAxes: [-3] });
  expect(() => instanceNormLayer.infer({ x: { shape: [2, 3, 4], dtype: 'float32' } }, args as never)).toThrow('without the first axis');
});

it('BUG-13: GroupNorm keeps statistics with their axis where a spatial axis is not reduced', () => {
  const norm = own(new GroupNorm({ numFeatures: 4, numGroups: 2, reductionAxes: [2, 3], epsilon: 0, rngs: new Rngs(0) }));
  const values = Float32Array.from({ length: 2 * 3 * 2 * 4 }, (_, i) => Math.sin(i * 1.7));
  const y = tf.tidy(() => norm.call(tf.tensor(values, [2, 3, 2, 4])).arraySync()) as number[][][][];
  for (const rows of y.flat()) {
    for (const group of [0, 2]) {
      const members = rows.flatMap((features) => features.slice(group, group + 2));
      expect(members.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 4);
      expect(members.reduce((sum, value) => sum + value * value, 0) / members.length).toBeCloseTo(1, 3);
    }
  }
});

describe('wrappers', () => {
  const linear = () => new Linear({ inFeatures: 3, outFeatures: 2, rngs: new Rngs(0) });

  it('NRM-030: WeightNorm rewrites the kernel in place, and stays there', () => {
    const norm = own(new WeightNorm({ layerInstance: linear(), rngs: new Rngs(0) }));
    const kernel = () => [...(norm.layerInstance as Linear).kernel.value.dataSync()];
    (norm.call(tf.ones([1, 3])) as tf.Tensor).dispose();
    const first = kernel();
    expect(first[0]! ** 2 + first[2]! ** 2 + first[4]! ** 2).toBeCloseTo(1, 5);
    (norm.call(tf.ones([1, 3])) as tf.Tensor).dispose();
    expect(kernel()).toEqual(close(first));
  });

  it('NRM-036, MOD-004: SpectralNorm follows train() and eval()', () => {
    const norm = own(new SpectralNorm({ layerInstance: linear(), rngs: new Rngs(0) }));
    const u = () => [...norm.batchStats['kernel/u']!.value.dataSync()];
    norm.eval();
    const before = u();
    (norm.call(tf.ones([1, 3])) as tf.Tensor).dispose();
    expect(u()).toEqual(before);
    norm.train();
    (norm.call(tf.ones([1, 3])) as tf.Tensor).dispose();
    expect(u()).not.toEqual(before);
  });
});

describe('Dropout', () => {
  it('DRP-001, DRP-002, DRP-003: keeps a fork of the stream it is given, or null', () => {
    const rngs = new Rngs({ dropout: 0 });
    const dropout = own(new Dropout({ rate: 0.5, rngs }));
    expect([rngs.dropout.count.value, dropout.rngs!.count.value, dropout.rngs!.tag]).toEqual([1, 0, 'dropout']);
    const stream = own(new RngStream(3, { tag: 'noise' }));
    expect(own(new Dropout({ rate: 0.5, rngs: stream })).rngs!.tag).toBe('noise');
    expect(own(new Dropout({ rate: 0.5 })).rngs).toBeNull();
  });

  it('DRP-010: asks for the mode before the rate, and gives the very tensor back where it drops nothing', () => {
    const x = own(tf.ones([2]));
    expect(() => new Dropout({ rate: 0, deterministic: null }).call(x)).toThrow('No `deterministic` argument');
    expect(new Dropout({ rate: 0 }).call(x)).toBe(x);
    expect(new Dropout({ rate: 0.5, deterministic: true }).call(x)).toBe(x);
    expect(read(() => new Dropout({ rate: 1 }).call(x))).toEqual([0, 0]);
  });

  it('DRP-011, DRP-013: takes Rngs, a stream or a key in the call; the same state gives the same mask', () => {
    const dropout = new Dropout({ rate: 0.5 });
    const x = own(tf.ones([64]));
    const mask = (rngs: Rngs | RngStream | ReturnType<typeof key>) => read(() => dropout.call(x, { rngs }));
    expect(mask(new Rngs({ dropout: 4 }))).toEqual(mask(new RngStream(4, { tag: 'dropout' })));
    expect(mask(key(4))).toEqual(mask(key(4)));
    const rngs = new Rngs({ dropout: 4 });
    expect(mask(rngs)).not.toEqual(mask(rngs));
    expect(rngs.dropout.count.value).toBe(2);
  });

  it('DRP-012: keeps about the right share, and divides what it keeps', () => {
    const dropout = own(new Dropout({ rate: 0.2, rngs: new Rngs(0) }));
    const numbers = read(() => dropout.call(tf.ones([10_000])));
    expect(new Set(numbers)).toEqual(new Set([0, 1.25]));
    expect(numbers.filter((value) => value > 0).length / 10_000).toBeCloseTo(0.8, 1);
  });

  it('gives 0 where it drops NaN, as Flax does', () => {
    const dropout = own(new Dropout({ rate: 0.5, rngs: new Rngs({ dropout: 0 }) }));
    const numbers = read(() => dropout.call(tf.mul(tf.ones([64]), Number.NaN)));
    expect(numbers.filter((value) => value === 0).length).toBeGreaterThan(16);
  });
});
