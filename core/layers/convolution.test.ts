/** @file Conv and ConvTranspose by the worked examples of the specification. */
import { describe, expect, it } from 'vitest';
import { dispose } from '../nnx/dispose.ts';
import { Rngs } from '../nnx/rngs.ts';
import { fillDefaults } from '../spec/args.ts';
import type { Args } from '../spec/params.ts';
import { tf } from '../tensor/tf.ts';
import { ConvTranspose, convTransposeLayer } from './conv-transpose.ts';
import { Conv, convLayer, type ConvOptions } from './conv.ts';

/** x = 1..5 under the kernel 1, 2, 3. */
const OPTIONS = {
  inFeatures: 1,
  outFeatures: 1,
  kernelSize: 3,
  useBias: false,
  kernelInit: () => Float32Array.of(1, 2, 3),
  rngs: new Rngs(0),
} as const;

function run(layer: Conv | ConvTranspose): number[] {
  const numbers = tf.tidy(() => [...layer.call(tf.tensor([1, 2, 3, 4, 5], [1, 5, 1])).dataSync()]);
  dispose(layer);
  return numbers;
}

type Worked = readonly [name: string, options: Partial<ConvOptions>, expected: readonly number[]];

describe('CNV-034: Conv', () => {
  it.each([
    ['SAME', {}, [8, 14, 20, 26, 14]],
    ['VALID', { padding: 'VALID' }, [14, 20, 26]],
    ['CIRCULAR', { padding: 'CIRCULAR' }, [13, 14, 20, 26, 17]],
    ['REFLECT', { padding: 'REFLECT' }, [10, 14, 20, 26, 26]],
    ['CAUSAL', { padding: 'CAUSAL' }, [3, 8, 14, 20, 26]],
    ['SAME, stride 2', { strides: 2 }, [8, 20, 14]],
    ['CNV-011: strides of null', { strides: null, kernelDilation: null, inputDilation: null }, [8, 14, 20, 26, 14]],
    ['CNV-018: padding as a pair in a list', { padding: [[1, 1]] }, [8, 14, 20, 26, 14]],
  ] as const satisfies readonly Worked[])('%s', (_name, options, expected) => {
    expect(run(new Conv({ ...OPTIONS, ...options }))).toEqual(expected);
  });
});

describe('CNV-034: ConvTranspose', () => {
  it.each([
    ['SAME', {}, [8, 14, 20, 26, 14]],
    ['SAME, stride 2', { strides: 2 }, [3, 2, 7, 4, 11, 6, 15, 8, 19, 10]],
    ['VALID', { padding: 'VALID' }, [3, 8, 14, 20, 26, 14, 5]],
    ['VALID, stride 2', { padding: 'VALID', strides: 2 }, [3, 2, 7, 4, 11, 6, 15, 8, 19, 10, 5]],
    ['CIRCULAR, stride 2', { padding: 'CIRCULAR', strides: 2 }, [8, 2, 7, 4, 11, 6, 15, 8, 19, 10]],
    ['padding 1, stride 2', { padding: 1, strides: 2 }, [2, 7, 4, 11, 6, 15, 8, 19, 10]],
    ['VALID, stride 2, transposed', { padding: 'VALID', strides: 2, transposeKernel: true }, [1, 2, 5, 4, 9, 6, 13, 8, 17, 10, 15]],
  ])('%s', (_name, options, expected) => {
    expect(run(new ConvTranspose({ ...OPTIONS, ...options }))).toEqual(expected);
  });

  it('CNV-033: refuses CAUSAL, which Flax documents but cannot do, and what it refuses', () => {
    for (const padding of ['CAUSAL', 'REFLECT', 'SAME_LOWER']) {
      const layer = new ConvTranspose({ ...OPTIONS, padding });
      expect(() => run(layer)).toThrow(`ConvTranspose has no ${padding} padding. Use SAME`);
      dispose(layer);
    }
  });
});

it('CNV-021: says that groups must divide the features when the layer is made, not at its first call', () => {
  expect(() => new Conv({ ...OPTIONS, inFeatures: 3, outFeatures: 4, featureGroupCount: 2 })).toThrow(
    'featureGroupCount (2) must divide inFeatures (3) and outFeatures (4).',
  );
});

it('CNV-017, CNV-020: refuses CAUSAL padding of a dilated input, as every padding by name', () => {
  const conv = new Conv({ ...OPTIONS, padding: 'CAUSAL', inputDilation: 2 });
  expect(() => run(conv)).toThrow('with inputDilation, give padding as numbers');
  dispose(conv);
});

it.each([
  [
    'strides',
    { kernelSize: [3, 3], strides: [1, 2, 1] },
    'strides should have as many entries as there are spatial axes, 2, but is (1, 2, 1).',
  ],
  [
    'kernelDilation',
    { kernelSize: [3, 3], padding: 'CIRCULAR', kernelDilation: [2] },
    'kernelDilation should have as many entries as there are spatial axes, 2',
  ],
  [
    'kernelSize',
    { kernelSize: [1, 1, 1, 1] },
    'kernelSize should have one to three sizes, one for each spatial axis, but is (1, 1, 1, 1).',
  ],
  [
    'too few axes',
    { kernelSize: [3, 3] },
    'A window over 2 spatial axes needs an input of at least 3 axes, features last, but got (4, 1).',
  ],
])('says what is wrong with %s, and leaves no tensor behind', (_name, options, message) => {
  const before = tf.memory().numTensors;
  for (const make of [Conv, ConvTranspose]) {
    let layer: Conv | ConvTranspose | null = null;
    expect(() => {
      layer = new make({ ...OPTIONS, kernelInit: 'ones', ...options });
      tf.tidy(() => layer!.call(tf.ones([4, 1])));
    }).toThrow(message);
    dispose(layer);
  }
  expect(tf.memory().numTensors).toBe(before);
});

describe('shapes', () => {
  const infer = (layer: typeof convLayer | typeof convTransposeLayer, args: Args, shape: readonly number[]) =>
    layer.infer({ x: { shape, dtype: 'float32' } }, fillDefaults(layer.params, { inFeatures: 1, outFeatures: 2, ...args }) as never)['y'];

  it('are refused in a design where the window has no place; the call gives an axis of length 0, as Flax does', () => {
    expect(() => infer(convLayer, { kernelSize: 4, padding: 'VALID' }, [1, 3, 1])).toThrow('an axis that holds the window of 4');
    expect(() => infer(convTransposeLayer, { kernelSize: 4, padding: 0 }, [1, 3, 1])).toThrow('an axis that holds the window of 4');
    for (const [make, padding] of [
      [Conv, 'VALID'],
      [ConvTranspose, 0],
    ] as const) {
      const layer = new make({ ...OPTIONS, kernelSize: 4, padding, kernelInit: 'ones' });
      expect(tf.tidy(() => layer.call(tf.ones([1, 3, 1])).shape)).toEqual([1, 0, 1]);
      dispose(layer);
    }
  });

  it('are those of the call for SAME_LOWER', () => {
    expect(infer(convLayer, { kernelSize: 4, padding: 'SAME_LOWER', strides: 2 }, [1, 5, 1])?.shape).toEqual([1, 3, 2]);
  });
});

it('wraps around more than once where the kernel is longer than the axis', () => {
  const conv = new Conv({ ...OPTIONS, kernelSize: 7, padding: 'CIRCULAR', kernelInit: () => new Float32Array(7).fill(1) });
  const numbers = tf.tidy(() => [...conv.call(tf.tensor([1, 10], [1, 2, 1])).dataSync()]);
  dispose(conv);
  // Seven entries around position 0: -3..3, which are 10, 1, 10, 1, 10, 1, 10.
  expect(numbers).toEqual([43, 34]);
});
