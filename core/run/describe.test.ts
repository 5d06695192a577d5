import { describe, expect, it } from 'vitest';
import { BatchNorm } from '../layers/batch-norm.ts';
import { Dropout } from '../layers/dropout.ts';
import { Linear } from '../layers/linear.ts';
import { Module } from '../nnx/module.ts';
import { Rngs } from '../nnx/rngs.ts';
import { tf } from '../tensor/tf.ts';
import { describeModules } from './describe.ts';

class SubModule extends Module {
  linear1: Linear;
  linear2: Linear;
  constructor(inFeatures: number, outFeatures: number, rngs: Rngs) {
    super();
    this.linear1 = new Linear({ inFeatures, outFeatures, rngs });
    this.linear2 = new Linear({ inFeatures: outFeatures, outFeatures, rngs });
  }
}

class Block extends Module {
  linear: Linear;
  submodule: SubModule;
  dropout: Dropout;
  batchNorm: BatchNorm;
  constructor(rngs: Rngs) {
    super();
    this.linear = new Linear({ inFeatures: 2, outFeatures: 5, rngs });
    this.submodule = new SubModule(2, 5, rngs);
    this.dropout = new Dropout({ rate: 0.5, rngs });
    this.batchNorm = new BatchNorm({ numFeatures: 10, rngs });
  }
}

describe('describeModules', () => {
  const block = new Block(new Rngs(0));

  it("lists the page's Block as iterModules does, children before parents", () => {
    expect(describeModules(block).map(({ path, type }) => [path, type])).toEqual([
      [['batchNorm'], 'BatchNorm'],
      [['dropout'], 'Dropout'],
      [['linear'], 'Linear'],
      [['submodule', 'linear1'], 'Linear'],
      [['submodule', 'linear2'], 'Linear'],
      [['submodule'], 'SubModule'],
      [[], 'Block'],
    ]);
  });

  it('counts the elements of Params at and below each Module, and leaves statistics out', () => {
    expect(describeModules(block).map(({ paramCount }) => paramCount)).toEqual([20, 0, 15, 15, 30, 45, 80]);
  });

  it('tells the modes from the other attributes', () => {
    const [batchNorm, dropout] = describeModules(block);
    expect(batchNorm?.attributes.filter(({ mode }) => mode)).toEqual([{ name: 'useRunningAverage', value: false, mode: true }]);
    expect(dropout?.attributes).toContainEqual({ name: 'deterministic', value: false, mode: true });
    expect(dropout?.attributes).toContainEqual({ name: 'rate', value: 0.5, mode: false });
    block.eval();
    expect(describeModules(block)[1]?.attributes).toContainEqual({ name: 'deterministic', value: true, mode: true });
    block.train();
  });

  it('names the Variables with their paths, random streams included, and makes no tensor', () => {
    const before = tf.memory().numTensors;
    const [batchNorm, dropout, linear] = describeModules(block);
    expect(tf.memory().numTensors).toBe(before);
    expect(batchNorm?.variables.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'bias Param',
      'mean BatchStat',
      'scale Param',
      'var BatchStat',
    ]);
    expect(linear?.variables).toEqual([
      { name: 'bias', path: ['linear', 'bias'], type: 'Param', shape: [5], dtype: 'float32' },
      { name: 'kernel', path: ['linear', 'kernel'], type: 'Param', shape: [2, 5], dtype: 'float32' },
    ]);
    expect(dropout?.variables.map(({ type, dtype }) => [type, dtype])).toEqual([
      ['RngCount', 'uint32'],
      ['RngKey', 'key<fry>'],
    ]);
  });
});

describe('sharing', () => {
  class Twice extends Module {
    again: Module;
    first: SubModule;
    constructor(rngs: Rngs) {
      super();
      this.first = new SubModule(2, 3, rngs);
      this.again = this.first;
    }
  }

  it('counts shared Params once and names the other paths', () => {
    const rows = describeModules(new Twice(new Rngs(0)));
    expect(rows.map(({ path, alsoAt }) => [path, alsoAt])).toEqual([
      [['again', 'linear1'], [['first', 'linear1']]],
      [['again', 'linear2'], [['first', 'linear2']]],
      [['again'], [['first']]],
      [[], []],
    ]);
    expect(rows.at(-1)?.paramCount).toBe(2 * 3 + 3 + 3 * 3 + 3);
  });

  it('ends where Modules refer to each other in a circle', () => {
    class Loop extends Module {
      next: Loop | null = null;
    }
    const start = new Loop();
    const end = new Loop();
    start.next = end;
    end.next = start;
    expect(describeModules(start).map(({ path }) => path)).toEqual([['next'], []]);
  });
});
