/** @file LoRA around other layers, and what it refuses. Values and gradients stand in the recorded cases. */
import { afterEach, describe, expect, it } from 'vitest';
import { dispose } from '../nnx/dispose.ts';
import { grad } from '../nnx/grad.ts';
import { Module } from '../nnx/module.ts';
import { Rngs } from '../nnx/rngs.ts';
import { state } from '../nnx/split.ts';
import { LoRAParam, Param } from '../nnx/variable.ts';
import { tf } from '../tensor/tf.ts';
import { Linear } from './linear.ts';
import { LoRALinear } from './lora-linear.ts';
import { LoRA } from './lora.ts';

const owned: unknown[] = [];
afterEach(() => dispose(owned.splice(0)));
function own<T>(value: T): T {
  owned.push(value);
  return value;
}
const read = (make: () => tf.Tensor): number[] => tf.tidy(() => [...make().dataSync()]);
const sizes = { inFeatures: 2, loraRank: 1, outFeatures: 2, bInitializer: 'ones' } as const;

describe('LoRA', () => {
  it('LOR-002 adds what its base gives, a Module or a function, with the arguments of the call', () => {
    const x = own(tf.tensor2d([[1, 2]]));
    const change = read(() => own(new LoRA({ ...sizes, rngs: new Rngs(0) })).call(x));
    class Scaled extends Module {
      call(x: tf.Tensor, by: number): tf.Tensor {
        return tf.mul(x, by);
      }
    }
    const expected = [change[0]! + 10, change[1]! + 20].map((value) => expect.closeTo(value, 5));
    for (const baseModule of [new Scaled(), (x: tf.Tensor, by: number) => tf.mul(x, by)])
      expect(read(() => own(new LoRA({ ...sizes, baseModule, rngs: new Rngs(0) })).call(x, 10))).toEqual(expected);
  });

  it('LOR-002 refuses a base that cannot be called', () => {
    for (const baseModule of [new Module(), 5]) {
      const lora = own(new LoRA({ ...sizes, baseModule: baseModule as never, rngs: new Rngs(0) }));
      const before = tf.memory().numTensors;
      expect(() => lora.call([[1, 2]])).toThrow(/^`self.base_module` must be callable\./);
      expect(() => lora.call([[1, 2, 3]])).toThrow(/a last axis of 2/);
      expect(tf.memory().numTensors).toBe(before);
    }
  });

  it('frees what it has drawn where an initialiser fails', () => {
    const before = tf.memory().numTensors;
    const bInitializer = () => {
      throw new Error('no values');
    };
    expect(() => new LoRA({ ...sizes, bInitializer, rngs: new Rngs(0) })).toThrow('no values');
    expect(() => new LoRALinear({ ...sizes, bInitializer, rngs: new Rngs(0) })).toThrow('no values');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('LOR-001 takes inputs of any number of axes, and none of its numbers', () => {
    const lora = own(new LoRA({ ...sizes, rngs: new Rngs(0) }));
    // Recorded from nnx.LoRA(2, 1, 2, b_initializer=ones, rngs=nnx.Rngs(0)) of ones.
    expect(read(() => lora.call([1, 1]))).toEqual([0.08553826808929443, 0.08553826808929443].map((value) => expect.closeTo(value, 6)));
    expect(tf.tidy(() => lora.call(tf.zeros([3, 0, 2])).shape)).toEqual([3, 0, 2]);
  });

  it('LOR-004 wraps a layer whose parameters stay apart: the change alone can be trained', () => {
    const base = new Linear({ inFeatures: 2, outFeatures: 2, rngs: new Rngs(1) });
    const lora = own(new LoRA({ ...sizes, baseModule: base, rngs: new Rngs(0) }));
    const paths = (type: typeof Param) =>
      state(lora, type)
        .flat()
        .map(([path]) => path.join('/'));
    expect(paths(LoRAParam)).toEqual(['loraA', 'loraB']);
    expect(paths(Param)).toEqual(['baseModule/bias', 'baseModule/kernel', 'loraA', 'loraB']);
    const x = own(tf.ones([1, 2]));
    const grads = own(grad((lora: LoRA) => tf.sum(lora.call(x)))(lora));
    expect(grads.leaf('loraB').value.shape).toEqual([1, 2]);
  });
});

describe('LoRALinear', () => {
  it('LOR-003 starts as the Linear of the same seed, and takes a type of its own for the change', () => {
    class Adapter extends Param {}
    const options = { inFeatures: 2, outFeatures: 3, rngs: new Rngs(0) };
    const [plain, adapted] = [
      own(new Linear(options)),
      own(new LoRALinear({ ...options, rngs: new Rngs(0), loraRank: 2, loraParamType: Adapter })),
    ];
    expect(read(() => adapted.call([[1, -1]]))).toEqual(read(() => plain.call([[1, -1]])));
    expect(state(adapted, Adapter).flat().length).toBe(2);
    expect(adapted.lora.loraA).toBeInstanceOf(Adapter);
  });

  it('leaves no tensor over, also where the input does not fit', () => {
    const layer = own(new LoRALinear({ inFeatures: 2, outFeatures: 3, loraRank: 1, rngs: new Rngs(0) }));
    const before = tf.memory().numTensors;
    layer.call([[1, 2]]).dispose();
    expect(() => layer.call([[1, 2, 3]])).toThrow();
    expect(tf.memory().numTensors).toBe(before);
  });
});
