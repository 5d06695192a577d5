/** @file Cases about what all layers and the whole Module system do, beside the tests of single parts. */
import { describe, expect, it } from 'vitest';
import {
  AttributeError,
  capture,
  Dict,
  dotProductAttention,
  Dropout,
  GRUCell,
  IndexError,
  Intermediate,
  iterModules,
  KeyError,
  List,
  mergeState,
  Module,
  MultiHeadAttention,
  Param,
  Rngs,
  Sequential,
  State,
  tf,
  ValueError,
  type Variable,
  view,
  viewInfo,
} from '../../index.ts';
import { makeModule, subjects } from '../contract/subject.ts';
import { rngs, using, valuesOf } from './helpers.ts';

class Bag extends Module {
  [name: string]: unknown;
  constructor(attributes: Record<string, unknown> = {}) {
    super();
    Object.assign(this, attributes);
  }
}

describe('modes of all layers', () => {
  it('SVW-014 only BatchNorm, Dropout and MultiHeadAttention have setView: the others refuse every option', () => {
    const withSetView = new Set<string>();
    for (const subject of subjects.filter(({ descriptor }) => descriptor.kind === 'layer'))
      using(makeModule(subject)!, (layer) => {
        const name = layer.constructor.name;
        if (!('setView' in layer)) {
          const inside = [...iterModules(layer)].some(([path, module]) => path.length > 0 && 'setView' in module);
          if (!inside) expect(() => view(layer, { deterministic: true }), name).toThrow(/^Unused keys found/);
        } else withSetView.add(name);
      });
    expect([...withSetView].sort()).toEqual(['BatchNorm', 'Dropout', 'MultiHeadAttention']);
    for (const container of [new Sequential(), new List(), new Dict()])
      expect(() => view(container, { deterministic: true })).toThrow(/^Unused keys found/);
  });

  it('SVW-001 deterministic switches the random masking of a view off and on', () => {
    using(new Dropout({ rate: 0.5, rngs: rngs() }), (drop) => {
      const ones = () => tf.ones([64]);
      const quiet = view(drop, { deterministic: true });
      expect(new Set(valuesOf(() => quiet.call(ones())) as number[])).toEqual(new Set([1]));
      expect(new Set(valuesOf(() => view(quiet, { deterministic: false }).call(ones())) as number[])).toEqual(new Set([0, 2]));
    });
  });

  it('VIN-012 neither random streams nor stored classes are asked for options', () => {
    const model = new Bag({ rngs: new Rngs(0), type: Dropout });
    expect(viewInfo(model)).toBe('');
  });
});

describe('recording', () => {
  it('CAP-045 accessors and static methods are not recorded, and stay what they were', () => {
    class Measured extends Module {
      static times = 0;
      static count(): number {
        return ++Measured.times;
      }
      get size(): number {
        return 7;
      }
      call(x: number): number {
        return x + this.size + Measured.count();
      }
    }
    const { count } = Measured;
    const size = Object.getOwnPropertyDescriptor(Measured.prototype, 'size');
    const [result, captured] = capture(new Measured(), [Intermediate], { methodOutputs: Intermediate })(1);
    expect([result, [...captured.keys()]]).toEqual([9, ['__call__']]);
    expect(Measured.count).toBe(count);
    expect(Object.getOwnPropertyDescriptor(Measured.prototype, 'size')).toEqual(size);
  });

  it('SOW-020 SOW-021 outside a capture, too, a reduction of one’s own decides what is kept', () => {
    const model = new Bag();
    const sum = { initFn: () => 10, reduceFn: (kept: unknown, value: unknown) => (kept as number) + (value as number) };
    for (const value of [1, 2]) model.sow(Intermediate, 'total', value, sum);
    expect((model['total'] as Variable<unknown>).value).toBe(13);
  });

  it('SVS-015 of two States with the same leaf, mergeState keeps the later', () => {
    const [first, second] = [new Intermediate([1] as never), new Intermediate([2] as never)];
    const merged = mergeState(new State({ a: { y: first } }), new State({ a: { y: second } }));
    expect(merged.flat().map(([path, leaf]) => [path.join('/'), leaf])).toEqual([['a/y', second]]);
  });
});

describe('errors and laziness', () => {
  it('TSD-020 Python’s error types are raised as classes of their own, which are Errors', () => {
    const cases: [new (message: string) => Error, () => unknown][] = [
      [ValueError, () => new Bag().setAttributes({ missing: 1 })],
      [KeyError, () => new Dict().get('missing')],
      [IndexError, () => new List().get(0)],
      [AttributeError, () => new Rngs({ params: 0 }).stream('missing')],
      [TypeError, () => new Bag().eval({ deterministic: true })],
    ];
    for (const [type, act] of cases) {
      expect(act).toThrow(type);
      expect(new type('x')).toBeInstanceOf(Error);
      expect(new type('x').name).toBe(type.name);
    }
  });

  it('TSD-021 iterModules is lazy: an error comes when the walk reaches it', () => {
    const param = new Param(tf.scalar(1));
    const walk = iterModules(new Bag({ a: new Bag(), z: new Bag({ bad: [param] }) }));
    expect(walk.next().value?.[0]).toEqual(['a']);
    expect(() => walk.next()).toThrow(/Found data/);
    param.dispose();
  });
});

describe('numbers', () => {
  it('RNN-011 without an initialiser the carry starts as zeros', () => {
    using(new GRUCell({ inFeatures: 2, hiddenFeatures: 3, rngs: rngs() }), (cell) =>
      expect(valuesOf(() => cell.initializeCarry([1, 2], { rngs: rngs() }))).toEqual([[0, 0, 0]]),
    );
  });

  it('MHA-020 a new cache holds zeros and stands at position 0', () => {
    using(new MultiHeadAttention({ numHeads: 2, inFeatures: 4, decode: true, rngs: rngs() }), (mha) => {
      mha.initCache([1, 3, 4]);
      for (const cache of [mha.cachedKey, mha.cachedValue]) expect(new Set(cache!.value.dataSync())).toEqual(new Set([0]));
      expect([...mha.cacheIndex!.value.dataSync()]).toEqual([0]);
    });
  });

  it('TFJ-011 a mask of booleans does what one of numbers does', () => {
    tf.tidy(() => {
      const v = tf.tensor([1, 3], [1, 2, 1, 1]);
      const q = tf.ones([1, 2, 1, 1]);
      for (const dtype of ['bool', 'float32', 'int32'] as const) {
        const mask = tf.tensor([1, 0, 0, 0], [1, 1, 2, 2], dtype);
        expect(dotProductAttention(q, q, v, { mask }).arraySync()).toEqual([[[[1]], [[2]]]]);
      }
    });
  });
});
