import { describe, expect, it } from 'vitest';
import { Bag, leavesNothing, listed, numbers } from '../test/nnx-models.ts';
import { tf } from '../tensor/tf.ts';
import { Dict } from './dict.ts';
import { dispose } from './dispose.ts';
import { IndexError, KeyError } from './errors.ts';
import { List } from './list.ts';
import { iterChildren, iterModules, Module } from './module.ts';
import { Rngs } from './rngs.ts';
import { Sequential, type Step, tuple } from './sequential.ts';
import { clone, state } from './split.ts';
import { Param } from './variable.ts';

const bags = (n: number) => Array.from({ length: n }, (_, i) => new Bag({ i }));
const indices = (list: Iterable<Bag>) => [...list].map((bag) => bag['i']);

describe('List', () => {
  it('CON-001 is a Module whose elements are attributes at their positions, each data or not by itself', () => {
    const param = new Param(tf.scalar(1));
    const list = new List<unknown>([new Bag(), Math.abs, param, 5]);
    expect(list).toBeInstanceOf(Module);
    expect([list.length, list[1], list[3]]).toEqual([4, Math.abs, 5]);
    expect(listed(iterChildren(list))).toEqual(['0 Bag', '2 Param']);
    expect([...state(list).keys()]).toEqual([2]);
    param.dispose();
  });

  it('CON-002 counts negative positions from the end and refuses positions outside, texts and fractions', () => {
    const list = new List(bags(3));
    expect([list.get(-1)['i'], list.get(0)['i'], indices(list.slice(1)), indices(list.slice(-2, -1))]).toEqual([2, 0, [1, 2], [1]]);
    for (const position of [3, -4]) expect(() => list.get(position)).toThrow(IndexError);
    expect(() => list.get(3)).toThrow(/^Index out of bounds/);
    for (const position of ['a', 0.5]) expect(() => list.get(position as number)).toThrow(/^Invalid index type/);
    list.set(-1, new Bag({ i: 9 }));
    expect(list[2]!['i']).toBe(9);
  });

  it('CON-003 a slice keeps its length', () => {
    const list = new List(bags(3));
    list.setSlice(0, 2, [new Bag({ i: 7 }), new Bag({ i: 8 })]);
    expect(indices(list)).toEqual([7, 8, 2]);
    expect(() => list.setSlice(0, 2, bags(1))).toThrow(/^Length mismatch/);
    list.setSlice(1, 3, new Set(bags(2)));
    expect(indices(list)).toEqual([7, 0, 1]);
  });

  it('CON-004 changes as a list does', () => {
    const list = new List(bags(2));
    list.append(new Bag({ i: 5 }));
    list.insert(0, new Bag({ i: -1 }));
    list.extend([new Bag({ i: 6 })]);
    expect(indices(list)).toEqual([-1, 0, 1, 5, 6]);
    expect([list.pop()['i'], list.pop(0)['i']]).toEqual([6, -1]);
    list.reverse();
    expect(indices(list)).toEqual([5, 1, 0]);
    const second = list[1]!;
    expect([list.index(second), list.includes(second)]).toEqual([1, true]);
    list.remove(second);
    expect([indices(list), list.includes(second)]).toEqual([[5, 0], false]);
    expect(() => list.index(second)).toThrow(/not in the List/);
    list.clear();
    expect([list.length, Object.keys(list)]).toEqual([0, ['_length']]);
  });

  it('CON-005 a position may change from static to Module, also when elements move', () => {
    const list = new List<unknown>([5, new Bag()]);
    list.insert(0, new Bag());
    list[1] = new Bag();
    expect(listed(iterChildren(list))).toEqual(['0 Bag', '1 Bag', '2 Bag']);
  });

  it('CON-006 BUG-11 deleting leaves no stale element behind', () => {
    const list = new List(bags(3));
    list.delete(0);
    expect([indices(list), Object.keys(list)]).toEqual([
      [1, 2],
      ['0', '1', '_length'],
    ]);
    expect([...iterModules(list, { graph: false })].map(([path]) => path)).toEqual([[0], [1], []]);
  });

  it('CON-004 may be extended by itself, and inserts at its ends for positions outside', () => {
    const list = new List([1, 2]);
    list.extend(list);
    expect([...list]).toEqual([1, 2, 1, 2]);
    for (const position of [-1, -9, 9]) list.insert(position, position);
    expect([...list]).toEqual([-9, 1, 2, 1, -1, 2, 9]);
    expect([...new List(new List([1, 2])), ...new List(null)]).toEqual([1, 2]);
    expect(() => new List().pop()).toThrow(IndexError);
  });

  it('keeps its length in copies', () => expect(clone(new List(bags(2))).length).toBe(2));
});

describe('Dict', () => {
  it('CON-007 is a Module whose items are attributes, in the order they were put in', () => {
    const dict = new Dict({ b: new Bag({ i: 1 }) }, { a: new Bag({ i: 2 }) });
    expect(dict).toBeInstanceOf(Module);
    expect([dict.keys(), dict.size, dict.has('a'), dict.has('z'), [...dict]]).toEqual([['b', 'a'], 2, true, false, ['b', 'a']]);
    expect(new Dict({ b: new Bag({ i: 1 }) }).b['i']).toBe(1);
    dict.set('c', new Bag());
    dict.delete('b');
    expect(dict.entries().map(([key]) => key)).toEqual(['a', 'c']);
    expect(() => dict.get('zzz')).toThrow(KeyError);
    expect(() => dict.delete('zzz')).toThrow(KeyError);
    expect([...iterModules(dict)].map(([path]) => path)).toEqual([['a'], ['c'], []]);
  });

  it('CON-007 is made from Maps, pairs and other Dicts too', () => {
    const pairs = [
      ['b', 1],
      ['a', 2],
    ] as const;
    for (const source of [new Map(pairs), pairs, new Dict({ b: 1, a: 2 }), pairs[Symbol.iterator]()])
      expect(new Dict<number>(source as Iterable<readonly [string, number]>, { a: 3, c: 4 }).entries()).toEqual([
        ['b', 1],
        ['a', 3],
        ['c', 4],
      ]);
  });

  it('CON-007 is not made from anything else', () => {
    for (const source of [null, 5, [1, 2]]) expect(() => new Dict(source as never)).toThrow(/^A Dict is made from/);
  });

  it('CON-008 a key hides the method of its name; has() only knows keys', () => {
    const dict = new Dict({ sow: new Bag() });
    expect([dict.has('sow'), new Dict().has('sow')]).toEqual([true, false]);
    expect(dict.sow).toBeInstanceOf(Bag);
  });

  it('CON-009 refuses keys that are no text', () => {
    expect(() => new Dict(new Map([[1, new Bag()]]) as unknown as Map<string, Bag>)).toThrow(/^attribute name must be string/);
  });
});

describe('Sequential', () => {
  const plusOne = (x: number) => x + 1;
  class Times extends Module {
    n: number;
    constructor(n: number) {
      super();
      this.n = n;
    }
    call(x: number): number {
      return x * this.n;
    }
  }

  it('CON-010 keeps its steps in a List called layers', () => {
    const model = new Sequential(new Times(2), plusOne);
    expect(model.layers).toBeInstanceOf(List);
    expect([...iterModules(model)].map(([path]) => path)).toEqual([['layers', 0], ['layers'], []]);
  });

  it('CON-011 gives the first step all arguments, spreads tuples, and passes arrays and objects on as one', () => {
    expect(new Sequential(plusOne, new Times(3)).call(1)).toBe(6);
    expect(
      new Sequential(
        (a: number, b: number) => tuple(b, a),
        (a: number, b: number) => a - b,
      ).call(1, 5),
    ).toBe(4);
    expect(
      new Sequential(
        () => [1, 2],
        (list: number[], rest?: number) => [list.length, rest],
      ).call(),
    ).toEqual([2, undefined]);
    expect(
      new Sequential(
        () => ({ a: 1 }),
        ({ a }: { a: number }) => a + 1,
      ).call(),
    ).toBe(2);
  });

  it('CON-012 without steps returns its arguments', () => {
    expect([new Sequential().call(), new Sequential().call(5), new Sequential().call(1, 2)]).toEqual([null, 5, [1, 2]]);
  });

  it('CON-013 refuses a step that cannot be called, and names its position', () => {
    expect(() => new Sequential(plusOne, 3 as unknown as Step).call(1)).toThrow(/^Sequence\[1\] is not callable: 3/);
    expect(() => new Sequential(new Bag() as unknown as Step).call(1)).toThrow(/^Sequence\[0\] is not callable: Bag/);
  });

  it('CON-014 gives streams to the steps that take them', () => {
    class Taking extends Module {
      static readonly takesRngs = true;
      call(x: number, { rngs }: { readonly rngs?: Rngs } = {}): number {
        return x + (rngs ? 100 : 0);
      }
    }
    const model = new Sequential(plusOne, new Taking(), (...args: number[]) => args.length * 1000 + args[0]!);
    expect(model.callWithRngs(new Rngs(0), 1)).toBe(1102);
    // As Python's f(x, k=4, rngs=rngs): one object of options.
    class Options extends Module {
      static readonly takesRngs = true;
      call(...args: unknown[]): unknown {
        return args.map((arg) => (typeof arg === 'object' ? Object.keys(arg!) : arg));
      }
    }
    expect(new Sequential(new Options()).callWithRngs(new Rngs(0), 1, { k: 4 })).toEqual([1, ['k', 'rngs']]);
    expect(new Sequential(() => ({ k: 4 }), new Options()).callWithRngs(new Rngs(0))).toEqual([['k', 'rngs']]);
    expect(model.call(1)).toBe(1002);
  });

  it('takes tensors and Modules of layers', () => {
    leavesNothing(() => {
      const x = tf.scalar(-2);
      const y = tf.tidy(() =>
        new Sequential(
          (x: tf.Tensor) => tf.abs(x),
          (x: tf.Tensor) => tf.add(x, 1),
        ).call<tf.Tensor>(x),
      );
      expect(numbers(y)).toEqual([3]);
      tf.dispose([x, y]);
      dispose(new Sequential());
    });
  });
});
