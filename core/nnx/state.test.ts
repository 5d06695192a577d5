import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leavesNothing } from '../test/nnx-models.ts';
import { tf } from '../tensor/tf.ts';
import { KeyError, ValueError } from './errors.ts';
import { comparePaths, type Path } from './path.ts';
import {
  filterState,
  fromFlatState,
  mapState,
  mergeState,
  replaceByPureDict,
  splitState,
  toFlatState,
  toPureDict,
} from './state-functions.ts';
import { State } from './state.ts';
import { BatchStat, Param, Variable } from './variable.ts';

const p = (value: unknown) => new Param<unknown>(value) as unknown as Variable;
const b = (value: unknown) => new BatchStat<unknown>(value) as unknown as Variable;
const paths = (state: State<unknown>) => state.flat().map(([path]) => path.join('/'));
const keysOf = (state: State<unknown>) => [...state.keys()];

describe('State', () => {
  it('STA-001 gives what is at a path: a leaf or a nested State; nothing there is a KeyError', () => {
    const leaf = p(1);
    const state = new State({ a: { b: leaf } });
    expect(state.get('a', 'b')).toBe(leaf);
    expect((state.get('a') as State).get('b')).toBe(leaf);
    expect([state.leaf('a', 'b'), state.sub('a').leaf('b')]).toEqual([leaf, leaf]);
    expect(() => state.get('zzz')).toThrow(/^No entry 'zzz' in this State\. It has: a\./);
    expect(() => state.get('zzz')).toThrow(KeyError);
    expect(() => state.leaf('a')).toThrow(/nested State/);
    expect(() => state.sub('a', 'b')).toThrow(/is a leaf/);
  });

  it('STA-002 is a mutable mapping with insertion order', () => {
    const state = new State<Variable>();
    state.set(['b'], p(1));
    state.set(['a', 0], p(2));
    expect([keysOf(state), state.size, state.has('a', 0), state.has('a', '0'), state.has('c')]).toEqual([
      ['b', 'a'],
      2,
      true,
      false,
      false,
    ]);
    expect(state.delete('b')).toBe(true);
    expect(state.delete('b')).toBe(false);
    expect([...state].map(([key]) => key)).toEqual(['a']);
    expect(() => state.set([], p(1))).toThrow(ValueError);
  });

  it('is not made from what is no table', () => {
    for (const source of [[p(1)], null, 5, p(1)])
      expect(() => new State(source as unknown as State)).toThrow(/^A State is made from a State, a Map or a plain object, got/);
  });

  it('STA-003 flattens sorted, without empty levels, integers before texts', () => {
    const state = new State<Variable>({ z: p(1), empty: {} });
    state.set(['l', 10], p(2));
    state.set(['l', 2], p(3));
    state.set(['l', 'x'], p(4));
    expect(toFlatState(state).map(([path]) => path)).toEqual([['l', 2], ['l', 10], ['l', 'x'], ['z']]);
  });

  it('STA-004 is made from pairs: nested, in their order, the last of a path winning', () => {
    const state = fromFlatState([
      [['b', 'x'], 1],
      [['a'], 2],
      [['b', 'x'], 3],
    ]);
    expect([keysOf(state), state.get('b', 'x')]).toEqual([['b', 'a'], 3]);
  });

  it('STA-005 has a plain form of nested values, sorted', () => {
    const plain = toPureDict(new State({ z: p(1), a: { y: p(2) } }));
    expect([...plain.keys()]).toEqual(['a', 'z']);
    expect(plain.get('a')).toEqual(new Map([['y', 2]]));
  });

  it('STA-006 equals another with the same leaves at the same paths, in any order', () => {
    const [x, y] = [p(1), p(2)];
    expect(new State({ x, n: { y } }).equals(new State({ n: { y }, x }))).toBe(true);
    expect(new State({ x }).equals(new State({ x: y }))).toBe(false);
    expect(new State({ x }).equals(new State({ x, y }))).toBe(false);
    expect(new State({ x }).equals(new State({ x: { x } }))).toBe(false);
  });

  it('STA-007 STA-008 splits by filters, the first match winning; filterState drops leftovers', () => {
    const state = new State<Variable>({ w: p(1), n: { mean: b(2) }, other: new Variable<unknown>(3) as Variable });
    const [params, stats, rest] = splitState(state, Param, BatchStat, true);
    expect([paths(params!), paths(stats!), paths(rest!)]).toEqual([['w'], ['n/mean'], ['other']]);
    expect(splitState(params!, Param)).toBeInstanceOf(State);
    expect(() => splitState(state, Param, BatchStat)).toThrow(ValueError);
    expect(paths(filterState(state, BatchStat))).toEqual(['n/mean']);
  });

  it('STA-009 maps every leaf with its path', () => {
    const mapped = mapState(
      (path, leaf) => `${path.join('/')}=${String((leaf as Variable<unknown>).value)}`,
      new State({ b: p(1), a: { c: p(2) } }),
    );
    expect(mapped.flat().map(([, leaf]) => leaf)).toEqual(['a/c=2', 'b=1']);
    expect(keysOf(mapped)).toEqual(['a', 'b']);
  });

  it('STA-010 takes plain values in place, integer-like texts for positions; unknown keys are refused', () => {
    const state = fromFlatState<unknown>([
      [['l', 0], p(1)],
      [['raw'], 2],
    ]);
    replaceByPureDict(state, { l: { '0': 5 }, raw: 6 });
    expect([(state.get('l', 0) as Variable<unknown>).value, state.get('raw')]).toEqual([5, 6]);
    const negative = fromFlatState<unknown>([[['l', -1], 1]]);
    replaceByPureDict(negative, { l: { '-1': 5 } });
    expect(negative.get('l', -1)).toBe(5);
    expect(() => replaceByPureDict(state, { raw: 7, l: { '0': { deeper: 1 } } })).toThrow(/not available in state: 'l\/0\/deeper'/);
    expect(() => replaceByPureDict(state, { raw: 7, l: 5 })).toThrow(ValueError);
    expect(state.get('raw')).toBe(6);
    expect(() => replaceByPureDict(state, { nope: 1 })).toThrow(/key in pure_dict not available in state: 'nope'/);
  });

  it('frees raw tensors too, those in arrays and objects as well', () => {
    leavesNothing(() => new State<unknown>({ a: tf.scalar(1), n: { list: [tf.scalar(2), [tf.scalar(3)]] } }).dispose());
  });

  it('prints its nested shapes, sorted', () => {
    leavesNothing(() => {
      const state = new State({ z: p(tf.zeros([2, 3])), a: { n: p(5), list: p([tf.scalar(1)]) } });
      expect(JSON.stringify(state)).toBe('{"a":{"list":"Param (float32[],)","n":"Param 5"},"z":"Param float32[2, 3]"}');
      expect(String(state)).toBe('State({\n  a: {\n    list: Param (float32[],),\n    n: Param 5\n  },\n  z: Param float32[2, 3]\n})');
      state.dispose();
    });
  });
});

describe('mergeState', () => {
  it('MRG-001 gives a single State back, and makes one of an object', () => {
    const state = new State();
    expect(mergeState(state)).toBe(state);
    expect(mergeState({ a: 1 })).toBeInstanceOf(State);
  });

  it('MRG-002 unites disjoint States, sharing the leaves in new mappings', () => {
    const [x, y] = [new State({ a: { x: p(1) } }), new State({ b: p(2) })];
    const merged = mergeState(x, y);
    expect(merged.get('a', 'x')).toBe(x.get('a', 'x'));
    merged.delete('a', 'x');
    expect(x.has('a', 'x')).toBe(true);
  });

  it('MRG-003 MRG-005 the last one wins, at the place of the first; new keys come after', () => {
    const merged = mergeState({ b: 1, a: 2 }, { c: 3, b: 4 }, { b: 5 });
    expect([...merged.entries()]).toEqual([
      ['b', 5],
      ['a', 2],
      ['c', 3],
    ]);
  });

  it('MRG-004 merges nested levels', () => {
    expect(paths(mergeState({ a: { x: 1 } }, { a: { y: 2 } }))).toEqual(['a/x', 'a/y']);
  });

  it('MRG-006 refuses a subtree where a leaf is, and names the place', () => {
    expect(() => mergeState({ a: { x: p(1) } }, { a: { x: { y: p(2) } } })).toThrow(
      /^Cannot put a value at 'a\/x\/y': there is a leaf \(Param\) at 'a\/x'/,
    );
  });

  it('MRG-007 a leaf replaces a subtree', () => expect(mergeState({ a: { x: 1 } }, { a: 2 }).get('a')).toBe(2));

  it('MRG-008 drops empty levels', () => expect(keysOf(mergeState({ a: {} }, { b: 1 }))).toEqual(['b']));

  it('MRG-009 merging with an empty State gives the same leaves', () => {
    const state = new State({ a: p(1) });
    expect(mergeState(state, new State<Variable>()).equals(state)).toBe(true);
  });
});

describe('paths', () => {
  it('TSD-010 are ordered as Python orders tuples of texts and numbers, at random', () => {
    const part = fc.oneof(fc.nat(12), fc.string({ maxLength: 3, unit: fc.constantFrom('a', 'B', '_', '0', '\u{1F600}', '\u{FFEE}') }));
    // Code points in an array: the comparison that Python makes.
    const naive = (a: Path, c: Path): number => {
      for (let i = 0; i < Math.min(a.length, c.length); i++) {
        const [x, y] = [a[i]!, c[i]!];
        if (typeof x !== typeof y) return typeof x === 'number' ? -1 : 1;
        const [left, right] = [x, y].map((value) => (typeof value === 'number' ? [value] : [...value].map((ch) => ch.codePointAt(0)!)));
        for (let j = 0; j < Math.min(left!.length, right!.length); j++) if (left![j] !== right![j]) return left![j]! - right![j]!;
        if (left!.length !== right!.length) return left!.length - right!.length;
      }
      return a.length - c.length;
    };
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), fc.array(part, { maxLength: 4 }), (a, c) => {
        expect(Math.sign(comparePaths(a, c))).toBe(Math.sign(naive(a, c)));
      }),
      { numRuns: 2000, seed: 4 },
    );
  });
});
