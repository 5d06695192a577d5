import { describe, expect, it } from 'vitest';
import recorded from '../fixtures/recorded/weights.json';
import { BatchNorm } from '../layers/batch-norm.ts';
import { Bidirectional } from '../layers/bidirectional.ts';
import { ConvTranspose } from '../layers/conv-transpose.ts';
import { Conv } from '../layers/conv.ts';
import { Dropout } from '../layers/dropout.ts';
import { Einsum } from '../layers/einsum.ts';
import { Embed } from '../layers/embed.ts';
import { GroupNorm } from '../layers/group-norm.ts';
import { GRUCell } from '../layers/gru-cell.ts';
import { InstanceNorm } from '../layers/instance-norm.ts';
import { LayerNorm } from '../layers/layer-norm.ts';
import { LinearGeneral } from '../layers/linear-general.ts';
import { Linear } from '../layers/linear.ts';
import { LoRALinear } from '../layers/lora-linear.ts';
import { LoRA } from '../layers/lora.ts';
import { LSTMCell } from '../layers/lstm-cell.ts';
import { MultiHeadAttention } from '../layers/multi-head-attention.ts';
import { OptimizedLSTMCell } from '../layers/optimized-lstm-cell.ts';
import { PReLU } from '../layers/prelu.ts';
import { RMSNorm } from '../layers/rms-norm.ts';
import { RNN } from '../layers/rnn.ts';
import { SimpleCell } from '../layers/simple-cell.ts';
import { SpectralNorm } from '../layers/spectral-norm.ts';
import { WeightNorm } from '../layers/weight-norm.ts';
import { Dict } from '../nnx/dict.ts';
import { dispose } from '../nnx/dispose.ts';
import { ValueError } from '../nnx/errors.ts';
import { Not, OfType } from '../nnx/filter.ts';
import { List } from '../nnx/list.ts';
import { Module } from '../nnx/module.ts';
import { toSnakeCase } from '../nnx/names.ts';
import type { Path } from '../nnx/path.ts';
import { Rngs, RngState } from '../nnx/rngs.ts';
import { Sequential } from '../nnx/sequential.ts';
import { state } from '../nnx/split.ts';
import { Param, PendingZeros, Perturbation, Variable } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { fileOf } from './testing.ts';
import { loadWeights, saveWeights, weightName } from './weights.ts';

class SubModule extends Module {
  readonly linear1: Linear;
  readonly linear2: Linear;
  constructor(size: number, rngs: Rngs) {
    super();
    this.linear1 = new Linear({ inFeatures: size, outFeatures: size, rngs });
    this.linear2 = new Linear({ inFeatures: size, outFeatures: size, rngs });
  }
}

class Block extends Module {
  readonly linear: Linear;
  readonly submodule: SubModule;
  readonly dropout: Dropout;
  readonly batchNorm: BatchNorm;
  constructor(size: number, rngs: Rngs) {
    super();
    this.linear = new Linear({ inFeatures: size, outFeatures: size, rngs });
    this.submodule = new SubModule(size, rngs);
    this.dropout = new Dropout({ rate: 0.5, rngs });
    this.batchNorm = new BatchNorm({ numFeatures: size, rngs });
  }
}

class Stack extends Module {
  readonly blocks: List<Block>;
  constructor(size: number) {
    super();
    const rngs = new Rngs(0);
    this.blocks = new List([new Block(size, rngs), new Block(size, rngs)]);
  }
}

/** Every layer that has weights, as `Zoo` of record_weights.py. */
class Zoo extends Module {
  constructor() {
    super();
    const rngs = new Rngs(1);
    const linear = (inFeatures: number, outFeatures: number) => new Linear({ inFeatures, outFeatures, rngs });
    const simple = (inFeatures: number) => new RNN({ cell: new SimpleCell({ inFeatures, hiddenFeatures: 2, rngs }) });
    const shared = linear(2, 3);
    const attention = new MultiHeadAttention({ numHeads: 2, inFeatures: 4, decode: true, normalizeQk: true, rngs });
    attention.initCache([1, 2, 4]);
    Object.assign(this, {
      batchNorm: new BatchNorm({ numFeatures: 2, rngs }),
      bidirectional: new Bidirectional({
        forwardRnn: new RNN({ cell: new GRUCell({ inFeatures: 1, hiddenFeatures: 2, rngs }) }),
        backwardRnn: simple(1),
      }),
      conv: new Conv({ inFeatures: 2, outFeatures: 4, kernelSize: [2, 3], featureGroupCount: 2, rngs }),
      convTranspose: new ConvTranspose({ inFeatures: 2, outFeatures: 3, kernelSize: 2, rngs }),
      dict: new Dict({ first: linear(1, 1), secondOne: new Param(tf.zeros([2])) }),
      einsum: new Einsum({ einsumStr: 'abc,cde->abde', kernelShape: [2, 3, 2], biasShape: [3, 2], rngs }),
      embed: new Embed({ numEmbeddings: 3, features: 2, rngs }),
      groupNorm: new GroupNorm({ numFeatures: 4, numGroups: 2, rngs }),
      gruCell: new GRUCell({ inFeatures: 2, hiddenFeatures: 2, rngs }),
      instanceNorm: new InstanceNorm({ numFeatures: 2, rngs }),
      layerNorm: new LayerNorm({ numFeatures: 3, rngs }),
      linear: shared,
      linearGeneral: new LinearGeneral({ inFeatures: [2, 1], outFeatures: [3], axis: [-2, -1], rngs }),
      lora: new LoRA({ inFeatures: 2, loraRank: 1, outFeatures: 3, baseModule: linear(2, 3), rngs }),
      loraLinear: new LoRALinear({ inFeatures: 2, outFeatures: 3, loraRank: 1, rngs }),
      lstmCell: new LSTMCell({ inFeatures: 2, hiddenFeatures: 1, rngs }),
      multiHeadAttention: attention,
      optimizedLstmCell: new OptimizedLSTMCell({ inFeatures: 2, hiddenFeatures: 1, rngs }),
      prelu: new PReLU(),
      rawArray: tf.zeros([2]),
      rmsNorm: new RMSNorm({ numFeatures: 3, rngs }),
      rnn: simple(2),
      sequential: new Sequential(linear(1, 2), tf.relu, linear(2, 1)),
      spectralNorm: new SpectralNorm({ layerInstance: linear(2, 3), rngs }),
      weightNorm: new WeightNorm({ layerInstance: linear(2, 3), rngs }),
      shared,
    });
  }
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const flaxBytes = bytesOf(recorded.Stack.base64);

declare function atob(text: string): string;

describe('weights of Flax', () => {
  it('are read under their own paths, number for number', () => {
    const before = tf.memory().numTensors;
    const model = new Stack(2);
    const live = tf.memory().numTensors;
    loadWeights(model, flaxBytes);
    expect(tf.memory().numTensors).toBe(live);
    for (const { path, value } of recorded.Stack.state) {
      const name = path.join('.');
      const [, index, ...rest] = path;
      const block = model.blocks.get(index as number) as unknown as Record<string, unknown>;
      const camel = rest.map((part) => (part === 'batch_norm' ? 'batchNorm' : String(part)));
      const variable = camel.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], block) as Param;
      expect([...variable.value.dataSync()], name).toEqual(value.data);
      expect(variable.value.shape, name).toEqual(value.shape);
    }
    dispose(model);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('come out as Flax writes them: the same names, shapes and numbers', async () => {
    const model = new Stack(2);
    loadWeights(model, flaxBytes);
    const live = tf.memory().numTensors;
    const saved = readSafetensors(await saveWeights(model));
    expect(tf.memory().numTensors).toBe(live);
    expect(saved).toEqual(readSafetensors(flaxBytes));
    dispose(model);
  });
});

describe('every layer that has weights', () => {
  it('reads a file of Flax into the Variables and tensors at Flax’s paths, and writes the same file', async () => {
    const before = tf.memory().numTensors;
    const zoo = new Zoo();
    const live = tf.memory().numTensors;
    const bytes = bytesOf(recorded.Zoo.base64);
    loadWeights(zoo, bytes);
    expect(tf.memory().numTensors).toBe(live);
    const leaves = state(zoo, new Not(new OfType(RngState))).flat() as [Path, unknown][];
    const ours = leaves.map(([path, leaf]) => {
      const tensor = (leaf instanceof Variable ? leaf.value : leaf) as tf.Tensor;
      return [path.map((part) => toSnakeCase(String(part))).join(' '), tensor.shape, [...tensor.dataSync()]];
    });
    const flax = recorded.Zoo.state.map(({ path, value, shape, data }) => [
      // Where Python has a tuple as a key, we have its parts with slashes between.
      path.map((part) => (Array.isArray(part) ? part.join('/') : String(part))).join(' '),
      value?.shape ?? shape,
      value?.data ?? data,
    ]);
    const byPath = (a: unknown[], b: unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);
    expect(ours.sort(byPath)).toEqual(flax.sort(byPath));
    expect(readSafetensors(await saveWeights(zoo)).tensors).toEqual(readSafetensors(bytes).tensors);
    expect(tf.memory().numTensors).toBe(live);
    dispose(zoo);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('saving', () => {
  it('takes the numbers of the moment, also while a training goes on', async () => {
    const model = new Stack(2);
    loadWeights(model, flaxBytes);
    const saving = saveWeights(model);
    for (const [, variable] of state(model, Param).flat()) variable.set(99);
    expect(readSafetensors(await saving).tensors).toEqual(readSafetensors(flaxBytes).tensors);
    dispose(model);
  });

  it('refuses two weights of one name, of which one would be lost', async () => {
    const model = new Dict({ 'a.b': new Param(tf.scalar(1)), a: new Dict({ b: new Param(tf.scalar(2)) }) });
    await expect(saveWeights(model)).rejects.toThrow("got \"a.b\" for both 'a/b' and 'a.b'. Rename one attribute.");
    expect(() => loadWeights(model, flaxBytes)).toThrow(ValueError);
    dispose(model);
  });

  it('refuses what is no Module and what holds no numbers', async () => {
    const variable = new Param(tf.scalar(1));
    await expect(saveWeights(variable)).rejects.toThrow('Expected a Module or container with weights, got Param.');
    const texts = new Dict({ names: new Param(tf.tensor1d(['x'])) });
    await expect(saveWeights(texts)).rejects.toThrow('Expected numbers in "names", got string.');
    variable.dispose();
    dispose(texts);
  });

  it('saves zeros that nobody has read, and loads over them, without making them', async () => {
    const model = new Dict({ p: new Perturbation<tf.Tensor>(new PendingZeros([2], 'float32')) });
    const before = tf.memory().numTensors;
    const bytes = await saveWeights(model);
    expect(readSafetensors(bytes).tensors).toEqual({ p: { dtype: 'F32', shape: [2], data: new Float32Array(2) } });
    expect([tf.memory().numTensors, model.p.pendingZeros === null]).toEqual([before, false]);
    loadWeights(model, writeSafetensors({ p: { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) } }));
    expect([...model.p.value.dataSync()]).toEqual([1, 2]);
    dispose(model);
  });
});

describe('loading', () => {
  it('changes nothing when a shape does not fit, and says which', () => {
    const model = new Stack(3);
    const kernel = model.blocks.get(0)!.linear.kernel.value;
    expect(() => loadWeights(model, flaxBytes)).toThrow(
      'Expected float32 of shape (3) for "blocks.0.batch_norm.bias", got F32 of (2). Nothing was loaded',
    );
    expect(model.blocks.get(0)!.linear.kernel.value).toBe(kernel);
    dispose(model);
  });

  it('names what is missing and what is unexpected', () => {
    const model = new Block(2, new Rngs(0));
    const bytes = writeSafetensors({ 'head.kernel': { dtype: 'F32', shape: [1], data: Float32Array.of(1) } });
    expect(() => loadWeights(model, bytes)).toThrow(/without .*batch_norm\.scale.* and with head\.kernel\./);
    loadWeights(model, bytes, { strict: false });
    dispose(model);
  });

  it('takes integers of every width that fit, and refuses the others, as it refuses fractions for integers', () => {
    const model = new Dict({ n: new Param(tf.scalar(0, 'int32')), flag: new Param(tf.scalar(true, 'bool')) });
    const load = (dtype: string, write: (view: DataView) => void, name = 'n') => {
      const bytes = fileOf(
        `{"${name}":{"dtype":"${dtype}","shape":[],"data_offsets":[0,8]}}`.replace('8]', `${WIDTHS[dtype]}]`),
        WIDTHS[dtype]!,
      );
      write(new DataView(bytes.buffer, bytes.length - WIDTHS[dtype]!));
      loadWeights(model, bytes, { strict: false });
      return model.n.value.dataSync()[0];
    };
    expect(load('I64', (view) => view.setBigInt64(0, -5n, true))).toBe(-5);
    expect(load('U64', (view) => view.setBigUint64(0, 7n, true))).toBe(7);
    expect(load('U32', (view) => view.setUint32(0, 2 ** 31 - 1, true))).toBe(2 ** 31 - 1);
    expect(load('I16', (view) => view.setInt16(0, -300, true))).toBe(-300);
    expect(load('U16', (view) => view.setUint16(0, 65535, true))).toBe(65535);
    expect(load('I8', (view) => view.setInt8(0, -3))).toBe(-3);
    expect(load('U8', (view) => view.setUint8(0, 200))).toBe(200);
    expect(() => load('U32', (view) => view.setUint32(0, 2 ** 31, true))).toThrow(
      'whole numbers of 32 bits for "n", got larger ones in U32',
    );
    expect(() => load('F32', (view) => view.setFloat32(0, 1, true))).toThrow('Expected int32 of shape () for "n", got F32 of ()');
    expect(() => load('BOOL', (view) => view.setUint8(0, 1))).toThrow('got BOOL');
    expect(() => load('U8', (view) => view.setUint8(0, 1), 'flag')).toThrow('Expected bool');
    // Numbers that no Variable takes are passed over: the words of random keys.
    load('U32', (view) => view.setUint32(0, 2 ** 32 - 1, true), 'dropout.rngs.key');
    expect(model.n.value.dataSync()[0]).toBe(200);
    dispose(model);
  });

  it('loads only what a filter takes from a file that has more, and says what of that is missing', async () => {
    const [model, other] = [new Block(2, new Rngs(0)), new Block(2, new Rngs(1))];
    other.batchNorm.mean.set(5);
    loadWeights(model, await saveWeights(other), { only: Param });
    expect([...model.linear.kernel.value.dataSync()]).toEqual([...other.linear.kernel.value.dataSync()]);
    expect([...model.batchNorm.mean.value.dataSync()]).toEqual([0, 0]);
    const withoutStats = await saveWeights(other, { only: Param });
    expect(() => loadWeights(model, withoutStats)).toThrow('got a file without batch_norm.mean, batch_norm.var.');
    dispose([model, other]);
  });

  it('saves only what a filter takes', async () => {
    const model = new Block(2, new Rngs(0));
    const { tensors } = readSafetensors(await saveWeights(model, { only: Param }));
    expect(Object.keys(tensors)).not.toContain('batch_norm.mean');
    expect(Object.keys(tensors)).toContain('submodule.linear1.kernel');
    dispose(model);
  });
});

const WIDTHS: Readonly<Record<string, number>> = { I64: 8, U64: 8, U32: 4, F32: 4, I16: 2, U16: 2, I8: 1, U8: 1, BOOL: 1 };

it('spells paths as Flax does', () => {
  expect(weightName(['blocks', 0, 'batchNorm', 'scale'])).toBe('blocks.0.batch_norm.scale');
});
