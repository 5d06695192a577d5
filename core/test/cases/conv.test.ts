import { describe, expect, it } from 'vitest';
import { ConvTranspose } from '../../layers/conv-transpose.ts';
import { Conv } from '../../layers/conv.ts';
import { grad } from '../../nnx/grad.ts';
import { state } from '../../nnx/split.ts';
import { avgPool } from '../../ops/avg-pool.ts';
import { maxPool } from '../../ops/max-pool.ts';
import { minPool } from '../../ops/min-pool.ts';
import { tf } from '../../tensor/tf.ts';
import { rngs, shapeOf, using, valuesOf } from './helpers.ts';

const counting = (_key: unknown, shape: readonly number[]) =>
  Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1);
type ConvOptions = ConstructorParameters<typeof Conv>[0];
type TransposeOptions = ConstructorParameters<typeof ConvTranspose>[0];
const base = { inFeatures: 1, outFeatures: 1, kernelSize: 3, kernelInit: counting };
const conv = (options: Partial<ConvOptions> = {}) => new Conv({ ...base, rngs: rngs(), ...options });
const transposed = (options: Partial<TransposeOptions> = {}) => new ConvTranspose({ ...base, rngs: rngs(), ...options });
const ramp = () => tf.tensor([1, 2, 3, 4, 5], [1, 5, 1]);

/** What a layer makes of 1 … 5, the kernel being 1, 2, 3. */
function ofRamp(layer: Conv | ConvTranspose): number[] {
  let values: number[] = [];
  using(layer, (layer) => {
    values = (valuesOf(() => tf.reshape(layer.call(ramp()), [-1])) as number[]).map(Math.round);
  });
  return values;
}

describe('Conv', () => {
  it('CNV-001 has a kernel of size, inputs per group and outputs, and a bias or null', () => {
    using(conv({ inFeatures: 4, outFeatures: 6, kernelSize: [3, 2], featureGroupCount: 2 }), (layer) => {
      expect([layer.kernel.shape, layer.bias?.shape]).toEqual([[3, 2, 2, 6], [6]]);
      expect(shapeOf(() => layer.call(tf.ones([2, 5, 5, 4])))).toEqual([2, 5, 5, 6]);
    });
    using(conv({ useBias: false }), (layer) => expect(layer.bias).toBe(null));
  });

  it.each<[string, Partial<ConvOptions>, number[]]>([
    ['SAME', {}, [8, 14, 20, 26, 14]],
    ['VALID', { padding: 'VALID' }, [14, 20, 26]],
    ['CIRCULAR', { padding: 'CIRCULAR' }, [13, 14, 20, 26, 17]],
    ['REFLECT', { padding: 'REFLECT' }, [10, 14, 20, 26, 26]],
    ['CAUSAL', { padding: 'CAUSAL' }, [3, 8, 14, 20, 26]],
    ['SAME, stride 2', { strides: 2 }, [8, 20, 14]],
  ])('CNV-034 CNV-013 CNV-014 CNV-015 CNV-016 CNV-017 TFJ-003 TFJ-007 %s correlates the kernel with the input', (_, options, expected) => {
    expect(ofRamp(conv(options))).toEqual(expected);
  });

  it('CNV-010 a kernel size that is one number is one-dimensional', () =>
    using(conv(), (layer) => expect(layer.kernel.shape).toEqual([3, 1, 1])));

  it('CNV-011 one stride or dilation is for all axes, null is 1', () => {
    using(conv({ kernelSize: [3, 3], strides: 2 }), (layer) =>
      expect(shapeOf(() => layer.call(tf.ones([1, 5, 5, 1])))).toEqual([1, 3, 3, 1]),
    );
    using(conv({ kernelSize: [3, 3], strides: null, kernelDilation: 2, padding: 'VALID' }), (layer) =>
      expect(shapeOf(() => layer.call(tf.ones([1, 5, 5, 1])))).toEqual([1, 1, 1, 1]),
    );
  });

  it('CNV-012 takes no batch axis, or several', () => {
    using(conv(), (layer) => {
      expect(shapeOf(() => layer.call(tf.ones([5, 1])))).toEqual([5, 1]);
      expect(shapeOf(() => layer.call(tf.ones([2, 3, 5, 1])))).toEqual([2, 3, 5, 1]);
    });
  });

  it('CNV-017 CNV-019 refuses causal padding in 2D and unknown names', () => {
    using(conv({ kernelSize: [3, 3], padding: 'CAUSAL' }), (layer) => {
      expect(() => layer.call(tf.ones([1, 5, 5, 1]))).toThrow(/^Causal padding is only implemented for 1D convolutions\./);
    });
    expect(() => using(conv({ padding: 'WRONG' as 'SAME' }), (layer) => void layer.call(ramp()))).toThrow(
      /^Conv expects padding to be SAME, .* but got "WRONG"\./,
    );
  });

  it('CNV-018 explicit padding is a number, a number per axis, or pairs', () => {
    expect(ofRamp(conv({ padding: 1 }))).toEqual([8, 14, 20, 26, 14]);
    expect(ofRamp(conv({ padding: [1] }))).toEqual([8, 14, 20, 26, 14]);
    expect(ofRamp(conv({ padding: [[2, 0]] }))).toEqual([3, 8, 14, 20, 26]);
    expect(() => using(conv({ padding: [1, 1] }), (layer) => void layer.call(ramp()))).toThrow(/^Invalid padding format: \[1,1\], /);
  });

  it('CNV-020 refuses named padding of a dilated input', () => {
    using(conv({ inputDilation: 2 }), (layer) => {
      expect(() => layer.call(ramp())).toThrow(/^String padding is not implemented for transposed convolution/);
    });
  });

  it('CNV-021 refuses groups that do not divide the features', () => {
    expect(() => conv({ inFeatures: 3, outFeatures: 4, featureGroupCount: 2 })).toThrow(/\(2\) must divide inFeatures \(3\)/);
  });

  it('CNV-021 TFJ-006 groups do not see each other', () => {
    using(conv({ inFeatures: 2, outFeatures: 2, kernelSize: 1, featureGroupCount: 2 }), (layer) => {
      expect(valuesOf(() => layer.call([[[10, 1]]]))).toEqual([[[10, 2]]]);
    });
  });

  it('CNV-022 CNV-023 a mask of the kernel’s shape is multiplied in and is data; another shape is refused', () => {
    using(conv({ mask: tf.tensor([0, 1, 0], [3, 1, 1]) }), (layer) => {
      expect((valuesOf(() => tf.reshape(layer.call(ramp()), [-1])) as number[]).map(Math.round)).toEqual([2, 4, 6, 8, 10]);
      expect(state(layer).has('mask')).toBe(true);
    });
    using(conv(), (layer) => expect(state(layer).has('mask')).toBe(false));
    using(conv({ mask: tf.ones([3, 1]) }), (layer) =>
      expect(() => layer.call(ramp())).toThrow(/^Mask needs to have the same shape as weights\./),
    );
  });

  it('TFJ-005 a dilated kernel has gradients, also with a stride', () => {
    using(conv({ kernelDilation: 2, padding: 'VALID', strides: 2 }), (layer) => {
      const x = tf.tensor([1, 2, 3, 4, 5, 6, 7], [1, 7, 1]);
      const grads = grad((layer: Conv) => tf.sum(layer.call(x)))(layer);
      // Outputs start at 0 and 2: the kernel's first entry met 1 and 3, its second 3 and 5, its third 5 and 7.
      expect(Array.from(grads.leaf('kernel').value.dataSync()).map(Math.round)).toEqual([4, 8, 12]);
      grads.dispose();
      x.dispose();
    });
  });
});

describe('ConvTranspose', () => {
  it('CNV-002 has a kernel of size, inputs and outputs, swapped with transposeKernel', () => {
    using(transposed({ inFeatures: 2, outFeatures: 4 }), (layer) => expect(layer.kernel.shape).toEqual([3, 2, 4]));
    using(transposed({ inFeatures: 2, outFeatures: 4, transposeKernel: true }), (layer) => expect(layer.kernel.shape).toEqual([3, 4, 2]));
  });

  it.each<[string, Partial<TransposeOptions>, number[]]>([
    ['SAME', {}, [8, 14, 20, 26, 14]],
    ['SAME, stride 2', { strides: 2 }, [3, 2, 7, 4, 11, 6, 15, 8, 19, 10]],
    ['VALID', { padding: 'VALID' }, [3, 8, 14, 20, 26, 14, 5]],
    ['VALID, stride 2', { padding: 'VALID', strides: 2 }, [3, 2, 7, 4, 11, 6, 15, 8, 19, 10, 5]],
    ['CIRCULAR, stride 2', { padding: 'CIRCULAR', strides: 2 }, [8, 2, 7, 4, 11, 6, 15, 8, 19, 10]],
    ['padding 1, stride 2', { padding: 1, strides: 2 }, [2, 7, 4, 11, 6, 15, 8, 19, 10]],
    ['VALID, stride 2, kernel transposed', { padding: 'VALID', strides: 2, transposeKernel: true }, [1, 2, 5, 4, 9, 6, 13, 8, 17, 10, 15]],
  ])('CNV-034 CNV-030 CNV-031 CNV-032 TFJ-004 %s', (_, options, expected) => {
    expect(ofRamp(transposed(options))).toEqual(expected);
  });

  it('CNV-033 BUG-12 refuses causal padding by name', () => {
    using(transposed({ padding: 'CAUSAL' }), (layer) => expect(() => layer.call(ramp())).toThrow(/^ConvTranspose has no CAUSAL padding\./));
  });
});

describe('pooling', () => {
  it('POL-001 the stride is 1 unless given; the window counts spatial axes', () => {
    expect(valuesOf(() => maxPool(ramp(), 2))).toEqual([[[2], [3], [4], [5]]]);
    expect(valuesOf(() => minPool(ramp(), 2, { strides: 2 }))).toEqual([[[1], [3]]]);
    expect(shapeOf(() => avgPool(tf.ones([2, 4, 4, 3]), [2, 2]))).toEqual([2, 3, 3, 3]);
  });

  it('POL-002 POL-003 averages count the padding, or not', () => {
    expect(valuesOf(() => avgPool(ramp(), 3, { padding: 'SAME' }))).toEqual([[[1], [2], [3], [4], [3]]]);
    expect(valuesOf(() => avgPool(ramp(), 3, { padding: 'SAME', countIncludePad: false }))).toEqual([[[1.5], [2], [3], [4], [4.5]]]);
    expect(valuesOf(() => avgPool(ramp(), 3, { padding: [[1, 0]] }))).toEqual([[[1], [2], [3], [4]]]);
  });

  it('POL-004 padding is never the largest or smallest', () => {
    const negative = () => tf.tensor([-3, -2, -1], [1, 3, 1]);
    expect(valuesOf(() => maxPool(negative(), 3, { padding: 'SAME' }))).toEqual([[[-2], [-1], [-1]]]);
    expect(valuesOf(() => minPool(tf.neg(negative()), 3, { padding: 'SAME' }))).toEqual([[[2], [1], [1]]]);
  });

  it('POL-005 takes no batch axis', () => expect(valuesOf(() => maxPool(tf.tensor([1, 3, 2], [3, 1]), 2))).toEqual([[3], [3]]));

  it('POL-006 takes strides as an array, of the right length', () => {
    expect(valuesOf(() => maxPool(ramp(), [2], { strides: [2] }))).toEqual([[[2], [4]]]);
    expect(() => valuesOf(() => maxPool(ramp(), [2], { strides: [2, 2] }))).toThrow(
      'strides should have as many entries as there are spatial axes, 1, but is (2, 2).',
    );
  });

  it('POL-007 TFJ-009 of equal maxima the first gets the gradient', () => {
    const x = tf.tensor([1, 5, 5, 2], [1, 4, 1]);
    const gradient = tf.tidy(() => tf.grad((x: tf.Tensor) => tf.sum(maxPool(x, 4)))(x));
    expect(Array.from(gradient.dataSync())).toEqual([0, 1, 0, 0]);
    tf.dispose([x, gradient]);
  });
});
