import { assert, constantFrom, dictionary, float, property, record, string, array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import recorded from '../fixtures/recorded/weights.json';
import { BatchNorm } from '../layers/batch-norm.ts';
import { Dropout } from '../layers/dropout.ts';
import { Linear } from '../layers/linear.ts';
import { dispose } from '../nnx/dispose.ts';
import { List } from '../nnx/list.ts';
import { Module } from '../nnx/module.ts';
import { Rngs } from '../nnx/rngs.ts';
import { Param } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
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

const flaxBytes = Uint8Array.from(atob(recorded.Stack.base64), (character) => character.charCodeAt(0));

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

  it('saves only what a filter takes', async () => {
    const model = new Block(2, new Rngs(0));
    const { tensors } = readSafetensors(await saveWeights(model, { only: Param }));
    expect(Object.keys(tensors)).not.toContain('batch_norm.mean');
    expect(Object.keys(tensors)).toContain('submodule.linear1.kernel');
    dispose(model);
  });
});

describe('the format', () => {
  const tensor = array(float({ noNaN: true }), { maxLength: 6 }).map((numbers) => ({
    dtype: 'F32' as const,
    shape: [numbers.length],
    data: Float32Array.from(numbers),
  }));

  it('gives back what was written, under any names', () => {
    const tensors = dictionary(
      string({ minLength: 1 }).filter((name) => name !== '__metadata__' && name !== '__proto__'),
      tensor,
    );
    assert(
      property(tensors, (given) => {
        expect(readSafetensors(writeSafetensors(given)).tensors).toEqual({ ...given });
      }),
      { seed: 11 },
    );
  });

  it('refuses damaged files with a reason', () => {
    const bytes = writeSafetensors({ a: { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) } });
    expect(() => readSafetensors(bytes.subarray(0, 4))).toThrow('at least 8 bytes');
    expect(() => readSafetensors(bytes.subarray(0, bytes.length - 1))).toThrow('inside the file');
    expect(() => readSafetensors(Uint8Array.of(255, 255, 255, 255, 255, 0, 0, 0))).toThrow('a header inside the file');
    const broken = bytes.slice();
    broken[8] = 0x5b;
    expect(() => readSafetensors(broken)).toThrow('a JSON object as the header');
  });

  it('never reads outside the file, whatever byte is wrong', () => {
    const bytes = writeSafetensors({
      a: { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) },
      b: { dtype: 'I32', shape: [1], data: Int32Array.of(3) },
    });
    assert(
      property(record({ at: constantFrom(...bytes.keys()), value: constantFrom(0, 1, 32, 48, 57, 91, 125, 255) }), ({ at, value }) => {
        const changed = bytes.slice();
        changed[at] = value;
        try {
          readSafetensors(changed);
        } catch (error) {
          expect((error as Error).name).toBe('ValueError');
        }
      }),
      { seed: 5 },
    );
  });

  it('widens half precision', () => {
    const header = JSON.stringify({
      h: { dtype: 'F16', shape: [3], data_offsets: [0, 6] },
      b: { dtype: 'BF16', shape: [1], data_offsets: [6, 8] },
    }).padEnd(120);
    const bytes = new Uint8Array(8 + 120 + 8);
    const view = new DataView(bytes.buffer);
    view.setBigUint64(0, 120n, true);
    bytes.set(
      [...header].map((character) => character.charCodeAt(0)),
      8,
    );
    for (const [index, bits] of [0x3c00, 0xc100, 0x0001, 0x4049].entries()) view.setUint16(128 + index * 2, bits, true);
    const { tensors } = readSafetensors(bytes);
    expect([...tensors['h']!.data]).toEqual([1, -2.5, Math.fround(2 ** -24)]);
    expect([...tensors['b']!.data]).toEqual([3.140625]);
  });
});

it('spells paths as Flax does', () => {
  expect(weightName(['blocks', 0, 'batchNorm', 'scale'])).toBe('blocks.0.batch_norm.scale');
});
