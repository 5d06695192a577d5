import { describe, expect, it } from 'vitest';
import { leavesNothing, numbers } from '../test/nnx-models.ts';
import { tf } from '../tensor/tf.ts';
import { KeyError, ValueError } from './errors.ts';
import { LayerNorm } from '../layers/layer-norm.ts';
import { dispose } from './dispose.ts';
import { RngCount, RngKey, Rngs, RngState } from './rngs.ts';
import { state } from './split.ts';
import { registerVariableName, variableNameFromType, variableTypeFromName } from './variable-names.ts';
import { BatchStat, Cache, Intermediate, LoRAParam, Param, PendingZeros, Perturbation, Variable } from './variable.ts';

describe('the types', () => {
  it('have Flax’s hierarchy', () => {
    const parents = [Param, LoRAParam, BatchStat, Cache, Intermediate, Perturbation, RngState, RngKey, RngCount].map((type) => [
      type.typeName,
      (Object.getPrototypeOf(type) as typeof Variable).typeName,
    ]);
    expect(parents).toEqual([
      ['Param', 'Variable'],
      ['LoRAParam', 'Param'],
      ['BatchStat', 'Variable'],
      ['Cache', 'Variable'],
      ['Intermediate', 'Variable'],
      ['Perturbation', 'Intermediate'],
      ['RngState', 'Variable'],
      ['RngKey', 'RngState'],
      ['RngCount', 'RngState'],
    ]);
  });

  it('VAR-013 can be found by name; unknown and taken names are refused', () => {
    expect(['params', 'batch_stats', 'cache', 'intermediates', 'perturbations'].map((name) => variableTypeFromName(name))).toEqual([
      Param,
      BatchStat,
      Cache,
      Intermediate,
      Perturbation,
    ]);
    expect(variableNameFromType(LoRAParam)).toBe('LoRAParam');
    expect(() => variableTypeFromName('nobody')).toThrow(/^Name 'nobody' is not registered/);
    class Mine extends Variable {}
    registerVariableName('mine', Mine);
    expect([variableTypeFromName('mine'), variableNameFromType(Mine), variableNameFromType(RngKey)]).toEqual([Mine, 'mine', 'RngKey']);
    expect(() => registerVariableName('mine', Param)).toThrow(/already registered/);
    registerVariableName('mine', Mine, { overwrite: true });
    const made = variableTypeFromName('made_from_param', { base: Param, allowRegister: true });
    expect(Object.getPrototypeOf(made)).toBe(Param);
  });
});

describe('values', () => {
  it('VAR-001 may be a tensor, number, array, object, anything', () => {
    for (const value of [5, 'x', [1, 2], { a: 1 }, null]) expect(new Variable<unknown>(value).value).toEqual(value);
  });

  it('VAR-002 TSD-023 set writes what broadcasts to the present shape, value anything', () => {
    leavesNothing(() => {
      const variable = new Param(tf.zeros([2, 2]));
      variable.set(3);
      expect(numbers(variable)).toEqual([3, 3, 3, 3]);
      const rowValue = tf.tensor1d([1, 2]);
      variable.set(rowValue);
      expect(numbers(variable)).toEqual([1, 2, 1, 2]);
      variable.set(tf.ones([2, 2]));
      expect(numbers(variable)).toEqual([1, 1, 1, 1]);
      const wrong = tf.zeros([3]);
      expect(() => variable.set(wrong)).toThrow(
        /^Incompatible shapes for broadcasting: a value of shape \[3\] cannot be written into Param of shape \[2, 2\]/,
      );
      variable.value = tf.zeros([5]);
      expect([variable.shape, variable.dtype]).toEqual([[5], 'float32']);
      wrong.dispose();
      variable.dispose();
    });
  });

  it('VAR-002 set casts to the present dtype, and takes the tensor over: one that had to be cast or broadcast is freed', () => {
    leavesNothing(() => {
      const [float, int, flag] = [new Param(tf.ones([2, 3])), new Param(tf.ones([2], 'int32')), new Param(tf.ones([2], 'bool'))];
      float.set(tf.tensor1d([1, 2, 3], 'int32'));
      expect([float.dtype, numbers(float)]).toEqual(['float32', [1, 2, 3, 1, 2, 3]]);
      float.set(tf.tensor2d([[true], [false]], [2, 1], 'bool'));
      expect([float.dtype, numbers(float)]).toEqual(['float32', [1, 1, 1, 0, 0, 0]]);
      int.set(tf.tensor1d([-1.5, 2.7]));
      expect([int.dtype, numbers(int)]).toEqual(['int32', [-1, 2]]);
      flag.set(tf.tensor1d([0, 2.5]));
      expect([flag.dtype, numbers(flag)]).toEqual(['bool', [0, 1]]);
      const [whole, shared] = [tf.zeros([2, 3]), new Param(tf.scalar(7))];
      float.set(whole);
      expect(float.value).toBe(whole);
      float.set(shared.value);
      expect([numbers(float)[5], numbers(shared)]).toEqual([7, [7]]);
      const wrong = tf.zeros([1, 2, 3]);
      expect(() => float.set(wrong)).toThrow(ValueError);
      expect(wrong.isDisposed).toBe(false);
      for (const odd of [[1, 2], 'x', undefined])
        expect(() => float.set(odd as unknown as number)).toThrow(/^set takes a tensor or a number, got (Array|string|undefined)/);
      wrong.dispose();
      for (const variable of [float, int, flag, shared]) variable.dispose();
    });
  });

  it('VAR-003 getValue and setValue may be overridden, and the raw value reached past them', () => {
    class Doubled extends Variable<number> {
      override getValue(): number {
        return this.getRawValue() * 2;
      }
      override setValue(value: number): void {
        this.setRawValue(value / 2);
      }
    }
    const variable = new Doubled(3);
    expect([variable.value, variable.getRawValue()]).toEqual([6, 3]);
    variable.value = 10;
    expect([variable.value, variable.getRawValue()]).toEqual([10, 5]);
  });

  it('VAR-004 VAR-005 VAR-006 metadata is read and written by methods; shape, dtype and tag are attributes', () => {
    const variable = new Variable<unknown>(5, { tag: 't', init: 'zeros' });
    expect([variable.tag, variable.getMetadata('init'), variable.getMetadata('none', 7), variable.hasMetadata('none')]).toEqual([
      't',
      'zeros',
      7,
      false,
    ]);
    variable.setMetadata('init', 'ones');
    expect(variable.getMetadata()).toEqual({ tag: 't', init: 'ones' });
    variable.delMetadata('tag');
    expect(variable.tag).toBe(undefined);
    variable.setMetadata({ only: 1 });
    expect(variable.getMetadata()).toEqual({ only: 1 });
    expect(() => variable.shape).toThrow(/holds number, not a tensor/);
    expect(() => variable.getMetadata('none')).toThrow(/^'none' is no metadata of this Variable\. It has: only\./);
    expect(() => variable.delMetadata('none')).toThrow(KeyError);
    expect([variable.getMetadata('none', null), variable.getMetadata('none', undefined)]).toEqual([null, undefined]);
  });

  it('prints its type with dtype and shape, or its value, and makes no tensor for it', () => {
    leavesNothing(() => {
      const pending = new Perturbation<tf.Tensor>(new PendingZeros([2], 'float32'));
      const [param, sown] = [new Param(tf.zeros([2, 3])), new Intermediate([tf.scalar(1)])];
      expect([pending, param, sown, new Variable(5), new Variable(null)].map(String)).toEqual([
        'Perturbation float32[2]',
        'Param float32[2, 3]',
        'Intermediate (float32[],)',
        'Variable 5',
        'Variable null',
      ]);
      expect(pending.pendingZeros).not.toBe(null);
      param.dispose();
      sown.dispose();
    });
  });

  it('VAR-007 VAR-010 arithmetic is TensorFlow.js’s on .value, which is the one way to read and is not deprecated', () => {
    leavesNothing(() => {
      const variable = new Param(tf.scalar(2));
      const y = tf.add(variable.value, 1);
      expect(numbers(y)).toEqual([3]);
      y.dispose();
      variable.dispose();
    });
  });

  it('VAR-008 copy makes another of the same type with the same numbers and metadata', () => {
    leavesNothing(() => {
      const variable = new LoRAParam(tf.scalar(2), { tag: 't' });
      const copy = variable.copy();
      expect(copy).toBeInstanceOf(LoRAParam);
      expect([copy.tag, copy.value.dataId === variable.value.dataId]).toEqual(['t', true]);
      variable.dispose();
      expect(numbers(copy)).toEqual([2]);
      const other = copy.copy(tf.scalar(3), { tag: 'u' });
      expect([numbers(other)[0], other.tag]).toEqual([3, 'u']);
      copy.dispose();
      other.dispose();
    });
    expect(new Variable<unknown>(5, { tag: 't' }).copy(null).value).toBe(null);
  });

  it('VAR-008 copy does not run the constructor of a subclass, which may take anything', () => {
    class Named extends Variable<number> {
      constructor(readonly name: string) {
        super(name.length, { name });
      }
      double(): number {
        return this.value * 2;
      }
    }
    const copy = new Named('four').copy();
    expect([copy instanceof Named, copy.value, copy.double(), copy.getMetadata('name')]).toEqual([true, 4, 8, 'four']);
  });

  it('VAR-009 copyFrom takes over a Variable of exactly the same type', () => {
    leavesNothing(() => {
      const [a, b, sub] = [new Param(tf.scalar(1)), new Param(tf.scalar(2), { tag: 't' }), new LoRAParam(tf.scalar(3))];
      a.copyFrom(b);
      expect([numbers(a)[0], a.tag]).toEqual([2, 't']);
      expect(() => a.copyFrom(sub)).toThrow(/^Cannot copy from incompatible container, expected Param, got LoRAParam/);
      a.copyFrom(new Param<tf.Scalar>(new PendingZeros([2], 'float32')));
      expect(a.pendingZeros?.shape).toEqual([2]);
      for (const variable of [a, b, sub]) variable.dispose();
    });
  });

  it('VAR-011 a layer tests an optional Variable for null, not for being empty: one without elements is used, null is passed over', () => {
    leavesNothing(() => {
      const rngs = new Rngs(0);
      const without = new LayerNorm({ numFeatures: 2, useScale: false, useBias: false, rngs });
      const empty = new LayerNorm({ numFeatures: 2, rngs });
      empty.scale!.value = tf.zeros([0]);
      expect([without.scale, state(without).size]).toEqual([null, 0]);
      const y = tf.tidy(() => without.call(tf.tensor2d([[-3, 3]])));
      expect(numbers(y).map(Math.round)).toEqual([-1, 1]);
      // Were the empty scale taken for a missing one, nothing would mind its shape.
      expect(() => tf.tidy(() => empty.call(tf.ones([2, 2])))).toThrow();
      y.dispose();
      dispose(empty);
    });
  });
});

describe('ownership', () => {
  it('keeps its tensor through tidies, frees the old one on assignment, and everything on dispose', () => {
    leavesNothing(() => {
      const before = tf.memory().numTensors;
      const variable = tf.tidy(() => {
        const made = new Param(tf.scalar(1));
        return [made] as never;
      })[0] as Param;
      expect(numbers(variable)).toEqual([1]);
      const old = variable.value;
      variable.value = tf.scalar(2);
      expect([old.isDisposed, tf.memory().numTensors - before]).toEqual([true, 1]);
      const same = variable.value;
      variable.value = same;
      expect(same.isDisposed).toBe(false);
      variable.dispose();
      variable.dispose();
    });
  });

  it('frees a replaced tensor at the end of the surrounding tidy, so that it can be read until then', () => {
    leavesNothing(() => {
      const variable = new Param(tf.scalar(1));
      const [old] = tf.tidy(() => {
        const before = variable.value;
        variable.value = tf.add(before, 1);
        expect(before.isDisposed).toBe(false);
        return [before.clone()];
      });
      expect([numbers(old!), numbers(variable)]).toEqual([[1], [2]]);
      old!.dispose();
      variable.dispose();
    });
  });

  it('shares the numbers of a tensor that another Variable owns, and neither frees the other’s', () => {
    leavesNothing(() => {
      const a = new Param(tf.scalar(1));
      const buffers = tf.memory().numDataBuffers;
      const b = new BatchStat(a.value);
      const c = new Param(tf.scalar(0));
      c.value = b.value;
      expect(tf.memory().numDataBuffers).toBe(buffers);
      a.dispose();
      b.dispose();
      expect(numbers(c)).toEqual([1]);
      c.dispose();
    });
  });

  it('owns tensors in arrays and objects, and frees those that a new value no longer holds', () => {
    leavesNothing(() => {
      const [x, y] = [tf.scalar(1), tf.scalar(2)];
      const variable = new Variable<unknown>({ list: [x], y });
      variable.value = [y, tf.scalar(3)];
      expect([x.isDisposed, y.isDisposed]).toEqual([true, false]);
      variable.dispose();
      expect(y.isDisposed).toBe(true);
    });
  });

  it('take gives the tensor away', () => {
    leavesNothing(() => {
      const variable = new Param(tf.scalar(1));
      const tensor = variable.take();
      variable.dispose();
      expect(tensor.isDisposed).toBe(false);
      tf.tidy(() => void new Param(tf.scalar(1)).take());
      tensor.dispose();
    });
  });

  it('pending zeros cost nothing until they are read', () => {
    leavesNothing(() => {
      const before = tf.memory().numTensors;
      const variable = new Perturbation<tf.Tensor>(new PendingZeros([2], 'float32'));
      expect([variable.shape, variable.dtype, tf.memory().numTensors]).toEqual([[2], 'float32', before]);
      const copy = variable.copy();
      expect(copy.pendingZeros).not.toBe(null);
      expect([numbers(variable), variable.pendingZeros]).toEqual([[0, 0], null]);
      variable.dispose();
      copy.dispose();
    });
  });
});

it('says that a tensor was disposed where its value is read', () => {
  const kernel = new Param(tf.ones([2]));
  kernel.dispose();
  expect(() => kernel.value).toThrow('The tensor of this Param was disposed.');
  kernel.value = tf.zeros([2]);
  expect(Array.from(kernel.value.dataSync())).toEqual([0, 0]);
  kernel.dispose();
});
