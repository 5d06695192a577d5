/** @file Linear, LinearGeneral, Einsum, Embed, PReLU, LoRA: what the recordings do not say by themselves. By the specification's numbers. */
import { afterEach, describe, expect, it } from 'vitest';
import { dispose } from '../nnx/dispose.ts';
import { grad } from '../nnx/grad.ts';
import { state } from '../nnx/split.ts';
import { Rngs } from '../nnx/rngs.ts';
import type { State } from '../nnx/state.ts';
import { LoRAParam, Param } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';
import { BatchNorm } from './batch-norm.ts';
import { Conv } from './conv.ts';
import { Einsum } from './einsum.ts';
import { Embed } from './embed.ts';
import { LayerNorm } from './layer-norm.ts';
import { LinearGeneral } from './linear-general.ts';
import { Linear } from './linear.ts';
import { LoRALinear } from './lora-linear.ts';
import { LoRA } from './lora.ts';
import { PReLU } from './prelu.ts';
import { WeightNorm } from './weight-norm.ts';

const owned: unknown[] = [];
afterEach(() => dispose(owned.splice(0)));
function own<T>(value: T): T {
  owned.push(value);
  return value;
}

/** The numbers of a tensor that nobody else needs. */
function read(make: () => tf.Tensor): number[] {
  return tf.tidy(() => [...make().dataSync()]);
}

describe('Linear', () => {
  const make = (options: object = {}) => own(new Linear({ inFeatures: 2, outFeatures: 3, rngs: new Rngs(0), ...options }));

  it('LIN-001: takes any number of leading axes, also none', () => {
    const linear = make();
    const shapes = [[2], [4, 2], [2, 3, 2], [1, 2, 3, 2]];
    expect(shapes.map((shape) => tf.tidy(() => linear.call(tf.ones(shape)).shape))).toEqual(
      shapes.map((shape) => [...shape.slice(0, -1), 3]),
    );
  });

  it('LIN-011: takes nested arrays', () => {
    const linear = make({ kernelInit: 'ones', biasInit: { name: 'constant', value: 0.5 } });
    expect(read(() => linear.call([[1, 2]]))).toEqual([3.5, 3.5, 3.5]);
  });

  it('LIN-012: keeps its options as attributes', () => {
    const { inFeatures, outFeatures, useBias, dtype, paramDtype } = make({ dtype: 'bfloat16' });
    expect({ inFeatures, outFeatures, useBias, dtype, paramDtype }).toEqual({
      inFeatures: 2,
      outFeatures: 3,
      useBias: true,
      dtype: 'bfloat16',
      paramDtype: 'float32',
    });
  });

  it('RNG-025: draws a key for the kernel and one for the bias, whatever the initializers', () => {
    const rngs = new Rngs(0);
    own(new Linear({ inFeatures: 2, outFeatures: 3, kernelInit: 'zeros', rngs }));
    own(new Linear({ inFeatures: 2, outFeatures: 3, useBias: false, rngs }));
    expect(rngs.default.count.value).toBe(3);
  });

  it('takes an initializer as a function of your own', () => {
    const linear = make({ kernelInit: (_key: unknown, shape: readonly number[]) => new Float32Array(shape[0]! * shape[1]!).fill(2) });
    expect([...linear.kernel.value.dataSync()]).toEqual([2, 2, 2, 2, 2, 2]);
  });

  it('computes with the kernel that it has, also where it was replaced by one of other lengths', () => {
    const linear = make({ useBias: false });
    linear.kernel.value = tf.ones([4, 2]);
    expect(read(() => linear.call([[[1, 2, 3, 4]]]))).toEqual([10, 10]);
  });

  it('handles a batch of no examples', () => {
    const linear = make();
    expect(tf.tidy(() => linear.call(tf.zeros([0, 2])).shape)).toEqual([0, 3]);
  });
});

it('LIN-022: LinearGeneral sorts its axes, so that features go with ascending axes', () => {
  const layer = own(new LinearGeneral({ inFeatures: [2, 3], outFeatures: 4, axis: [-1, -2], rngs: new Rngs(0) }));
  expect(tf.tidy(() => layer.call(tf.ones([5, 2, 3])).shape)).toEqual([5, 4]);
});

describe('LinearGeneral', () => {
  it.each([
    ['an axis named twice', { inFeatures: [3, 3], axis: [1, -1] }, [2, 3], '2 different axes of lengths 3, 3'],
    ['an axis that is not there', { inFeatures: 3, axis: 2 }, [2, 3], 'axis 2 is out of bounds for a tensor of 2 axes.'],
    ['a batch axis that is contracted too', { inFeatures: 2, axis: 0, batchAxis: { 0: 2 } }, [2, 3], 'on axes 0, 0'],
    // The product of the lengths alone would fit.
    ['batch axes of other lengths', { inFeatures: 4, batchAxis: { 0: 2, 1: 3 } }, [3, 2, 4], 'lengths 3, 2, 4 on axes 0, 1, 2'],
  ])('refuses %s', (_name, options, shape, message) => {
    const layer = own(new LinearGeneral({ outFeatures: 2, rngs: new Rngs(0), ...options }));
    expect(() => tf.tidy(() => layer.call(tf.ones(shape)))).toThrow(message);
  });
});

it('says that an initializer of your own gave the wrong number of values', () => {
  const make = () => new Linear({ inFeatures: 2, outFeatures: 3, kernelInit: () => new Float32Array(5), rngs: new Rngs(0) });
  expect(make).toThrow('The initializer should give 6 values, for the shape (2, 3), but gave 5.');
});

it('leaves no tensor behind where a layer cannot be made', () => {
  const before = tf.memory().numTensors;
  const options = { biasInit: () => new Float32Array(0), rngs: new Rngs(0) };
  const makers = [
    () => new Linear({ inFeatures: 2, outFeatures: 3, ...options }),
    () => new LinearGeneral({ inFeatures: 2, outFeatures: 3, ...options }),
    () => new Einsum({ einsumStr: 'ab,bc->ac', kernelShape: [2, 3], biasShape: [3], ...options }),
    () => new Conv({ inFeatures: 2, outFeatures: 3, kernelSize: 3, ...options }),
    () => new LayerNorm({ numFeatures: 3, ...options }),
    () => new BatchNorm({ numFeatures: 3, ...options }),
  ];
  for (const make of makers) expect(make).toThrow('but gave 0');
  const layerInstance = new Linear({ inFeatures: 2, outFeatures: 3, rngs: new Rngs(0) });
  // The first axis is there in the kernel, the second is not in the bias.
  const variableFilter = true;
  expect(() => new WeightNorm({ layerInstance, variableFilter, featureAxes: 1, rngs: new Rngs(0) })).toThrow('axis 1 is out of bounds');
  dispose(layerInstance);
  expect(tf.memory().numTensors).toBe(before);
});

it('says which lengths a bias of Einsum must have', () => {
  const layer = own(new Einsum({ einsumStr: 'ab,bc->ac', kernelShape: [2, 3], biasShape: [2], rngs: new Rngs(0) }));
  expect(() => tf.tidy(() => layer.call(tf.ones([1, 2])))).toThrow(
    'biasShape should hold the axes of the output that stem from the kernel, (3), but is (2).',
  );
});

describe('Embed', () => {
  const make = (numEmbeddings: number) =>
    own(
      new Embed({
        numEmbeddings,
        features: 2,
        rngs: new Rngs(0),
        embeddingInit: () => Float32Array.from({ length: numEmbeddings * 2 }, (_, i) => i),
      }),
    );

  it('LIN-041, LIN-042: negative ids count from the end; one that does not exist gives NaN and gets no gradient', () => {
    const embed = make(3);
    expect(read(() => embed.call(tf.tensor([2, -1, -3, 3, -4], [5], 'int32')))).toEqual([4, 5, 4, 5, 0, 1, NaN, NaN, NaN, NaN]);
    const grads = own(
      grad((m: Embed) => tf.sum(tf.where([true, false], m.call(tf.tensor([1, 7], [2], 'int32')), tf.zeros([2, 2]))))(embed),
    );
    expect([...(grads as unknown as State).leaf('embedding').value.dataSync()].every(Number.isFinite)).toBe(true);
  });

  it('LIN-040: takes lists of whole numbers only', () => {
    const embed = make(3);
    expect(read(() => embed.call([1, 2]))).toEqual([2, 3, 4, 5]);
    expect(() => tf.tidy(() => embed.call([1, 1.5]))).toThrow('Input type must be an integer or unsigned integer, got float32.');
    expect(() => tf.tidy(() => embed.call([true]))).toThrow('got bool');
  });

  it('gives nothing for no ids, and its gradient is zeros', () => {
    const embed = make(3);
    const none = tf.zeros([0], 'int32');
    expect(tf.tidy(() => embed.call(none).shape)).toEqual([0, 2]);
    const grads = own(grad((m: Embed) => tf.sum(m.call(none)))(embed)) as unknown as State;
    expect([...grads.leaf('embedding').value.dataSync()]).toEqual([0, 0, 0, 0, 0, 0]);
    none.dispose();
  });

  it('LIN-043: one embedding is given by every id', () => {
    const embed = make(1);
    expect(read(() => embed.call(tf.tensor([0, 9], [2], 'int32')))).toEqual([0, 1, 0, 1]);
  });

  it('LIN-044: its type is that of the embedding where none is given', () => {
    expect([make(2).dtype, own(new Embed({ numEmbeddings: 2, features: 1, dtype: 'float16', rngs: new Rngs(0) })).dtype]).toEqual([
      'float32',
      'float16',
    ]);
  });
});

it('LIN-005: PReLU needs no rngs and starts at 0.01', () => {
  const prelu = own(new PReLU());
  expect([...prelu.negativeSlope.value.dataSync()]).toEqual([Math.fround(0.01)]);
});

describe('LoRA', () => {
  it('LOR-001, INI-011: starts with a from he_uniform and b of zeros, so that the change starts as nothing', () => {
    const lora = own(new LoRA({ inFeatures: 3, loraRank: 2, outFeatures: 4, rngs: new Rngs(0) }));
    expect([lora.loraA.shape, lora.loraB.shape]).toEqual([
      [3, 2],
      [2, 4],
    ]);
    // A GPU may give -0.
    expect(read(() => tf.abs(lora.call(tf.ones([1, 3]))))).toEqual([0, 0, 0, 0]);
  });

  it('LOR-002: hands further arguments to its base', () => {
    class Base extends Linear {
      override call(x: tf.Tensor, factor = 1): tf.Tensor {
        return tf.mul(super.call(x), factor);
      }
    }
    const rngs = new Rngs(0);
    const baseModule = new Base({ inFeatures: 2, outFeatures: 1, kernelInit: 'ones', rngs });
    const lora = own(new LoRA({ inFeatures: 2, loraRank: 1, outFeatures: 1, baseModule, rngs }));
    expect(read(() => lora.call(tf.ones([1, 2]), 10))).toEqual([20]);
  });

  it('LOR-003, LOR-004: LoRALinear is a Linear whose matrices filters can tell apart', () => {
    const layer = own(new LoRALinear({ inFeatures: 3, outFeatures: 2, loraRank: 1, rngs: new Rngs(0) }));
    expect(layer).toBeInstanceOf(Linear);
    const [lora, rest] = state(layer, LoRAParam, Param);
    expect(lora.flat().map(([path]) => path.join('/'))).toEqual(['lora/loraA', 'lora/loraB']);
    expect(rest.flat().map(([path]) => path.join('/'))).toEqual(['bias', 'kernel']);
  });

  it('takes a Variable type of your own for the matrices', () => {
    class Adapter extends Param {}
    const layer = own(new LoRALinear({ inFeatures: 3, outFeatures: 2, loraRank: 1, loraParamType: Adapter, rngs: new Rngs(0) }));
    expect(layer.lora.loraA).toBeInstanceOf(Adapter);
  });
});
