import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Affine, Bag, Block, Drop, leavesNothing, listed, makeCycle, numbers } from '../test/nnx-models.ts';
import { tf } from '../tensor/tf.ts';
import { dispose } from './dispose.ts';
import { GraphDef } from './graphdef.ts';
import { iterGraph } from './iterate.ts';
import { List } from './list.ts';
import { iterModules } from './module.ts';
import { ValueError } from './errors.ts';
import { withGraphMode } from './graph-mode.ts';
import { data, setAttributeStatus } from './pytree.ts';
import { fromFlatState, toPureDict } from './state-functions.ts';
import { Rngs, RngStream } from './rngs.ts';
import { clone, graphdef, merge, mergeCopy, split, state } from './split.ts';
import { State } from './state.ts';
import { findDuplicates, pop, update } from './update.ts';
import { BatchStat, Param, type Variable } from './variable.ts';

const paths = (state: State<unknown>) => state.flat().map(([path]) => path.join('/'));
const p = (value: number) => new Param(tf.scalar(value));

describe('split and merge', () => {
  it('SPL-001 gives the structure, and the very Variables, raw tensors and numbers that are data', () => {
    const model = new Bag({ linear: new Affine(), raw: tf.scalar(1), n: 5, m: 6 });
    setAttributeStatus(model, 'n', 'data');
    const [def, leaves] = split(model);
    expect(def).toBeInstanceOf(GraphDef);
    expect(paths(leaves)).toEqual(['linear/bias', 'linear/kernel', 'n', 'raw']);
    expect(leaves.get('linear', 'kernel')).toBe((model['linear'] as Affine).kernel);
    expect(leaves.get('raw')).toBe(model['raw']);
    dispose(model);
  });

  it('SPL-002 gives a State per filter, the first match winning', () => {
    const block = new Block();
    const [, params, stats, rest] = split(block, Param, BatchStat, true);
    expect([params.flat().length, paths(stats), rest.size]).toEqual([7, ['batchNorm/mean'], 0]);
    expect(() => split(block, true, Param)).toThrow(/can only be used as the last filters/);
    expect(() => split(block, Param)).toThrow(/^Non-exhaustive filters/);
    dispose(block);
  });

  it('SPL-003 a shared Variable is one entry, under its first path', () => {
    const shared = p(1);
    const [, leaves] = split(new Bag({ z: shared, b: shared }));
    expect(paths(leaves)).toEqual(['b']);
    shared.dispose();
  });

  it('SPL-004 the state of a Variable is the Variable', () => {
    const variable = p(1);
    const [def, leaf] = split(variable);
    expect(leaf).toBe(variable);
    expect(merge(def, leaf)).toBe(variable);
    const [, first, second] = split(variable, Param, true);
    expect([first, (second as State).size]).toEqual([variable, 0]);
    variable.dispose();
  });

  it('SPL-005 GRF-005 merges into new Modules with the Variables of the States, in any order', () => {
    leavesNothing(() => {
      const block = new Block();
      const [def, params, rest] = split(block, Param, true);
      const merged = merge(def, rest, params);
      expect(merged).toBeInstanceOf(Block);
      expect(merged).not.toBe(block);
      expect(merged.linear).not.toBe(block.linear);
      expect(merged.linear.kernel).toBe(block.linear.kernel);
      expect(merged.dropout.rate).toBe(0.5);
      dispose(block);
    });
  });

  it('SPL-006 a merge with copies has new Variables with the same numbers, in no new memory', () => {
    leavesNothing(() => {
      const model = new Affine();
      const buffers = tf.memory().numDataBuffers;
      const [def, leaves] = split(model);
      const merged = mergeCopy(def, leaves);
      expect(tf.memory().numDataBuffers).toBe(buffers);
      expect(merged.kernel).not.toBe(model.kernel);
      dispose(model);
      expect(numbers(merged.kernel)).toEqual([1, 2, 3, 4]);
      dispose(merged);
    });
  });

  it('SPL-007 refuses a wrong number of leaves, and leaves at other paths', () => {
    const block = new Block();
    const [def] = split(block);
    expect(() => merge(def, new State())).toThrow(/^Incorrect number of leaves, expected 8 leaves, but got 0\./);
    const [one] = split(new Bag({ a: 1 }));
    expect(() => merge(one, new State({ b: block.linear.kernel }))).toThrow(/expected 0 leaves, but got 1/);
    const [named] = split(new Bag({ a: block.linear.bias }));
    expect(() => merge(named, new State({ b: block.linear.kernel }))).toThrow(/^Expected a leaf at 'a', but got one at 'b'/);
    dispose(block);
  });

  it('SPL-008 refuses a missing State and what is no GraphDef', () => {
    const [def] = split(new Bag());
    expect(() => merge(def)).toThrow(/^merge\(\) missing 1 required positional argument: 'state'/);
    expect(() => merge({} as GraphDef, new State())).toThrow(/^Expected a GraphDef or GraphState object, got Object/);
  });

  it('SPL-009 restores cycles, sharing, containers and streams', () => {
    const cycle = makeCycle();
    const shared = new Affine();
    Object.assign(cycle, { x: shared, y: data([shared]), rngs: new Rngs(3), list: new List([shared]), map: data(new Map([[1, shared]])) });
    const [def, leaves] = split(cycle);
    const merged = merge(def, leaves) as Bag & {
      child: Bag;
      x: Affine;
      y: Affine[];
      rngs: Rngs;
      list: List<Affine>;
      map: Map<number, Affine>;
    };
    expect(merged.child['parent']).toBe(merged);
    expect([merged.y[0], merged.list[0], merged.map.get(1)]).toEqual([merged.x, merged.x, merged.x]);
    expect(merged.x).not.toBe(shared);
    expect(merged.rngs.default).toBeInstanceOf(RngStream);
    expect(merged.rngs.default()).toEqual(new Rngs(3).default());
    expect(listed(iterModules(merged))).toEqual(listed(iterModules(cycle)));
    dispose(shared);
  });

  it('a raw value in a State becomes a Variable of the type and metadata that were split off', () => {
    const [def, leaves] = split(new Bag({ a: new Param(tf.scalar(1), { tag: 'mine' }) }));
    const raw = tf.scalar(7);
    const merged = merge(def, new State<unknown>({ a: raw }));
    const variable = merged['a'] as Param;
    expect([variable instanceof Param, variable.tag, numbers(variable)[0]]).toEqual([true, 'mine', 7]);
    dispose([merged]);
    leaves.dispose();
  });

  it('SPL-001 SPL-005 numbers marked as data and raw tensors come from the States, and stand once for each of their places', () => {
    leavesNothing(() => {
      const raw = tf.scalar(1);
      const model = new Bag({ n: 5, a: raw, b: raw, list: new List<unknown>([raw]), deep: data({ '0': raw, x: 0 }) });
      setAttributeStatus(model, 'n', 'data');
      const [def, leaves] = split(model);
      expect(paths(leaves)).toEqual(['a', 'b', 'deep/0', 'list/0', 'n']);
      const other = new State<unknown>(leaves as State<unknown>);
      other.set(['n'], 7);
      other.set(['b'], 8);
      other.set(['list', 0], 9);
      const merged = merge(def, other);
      expect([merged['n'], merged['a'], merged['b'], (merged['list'] as List<unknown>)[0]]).toEqual([7, raw, 8, 9]);
      expect(merged['deep']).toEqual({ '0': raw, x: 0 });
      const twin = new Bag({ n: 6, a: raw, b: raw, list: new List<unknown>([raw]), deep: data({ '0': raw, x: 0 }) });
      setAttributeStatus(twin, 'n', 'data');
      expect(graphdef(twin).equals(def)).toBe(true);
      raw.dispose();
    });
  });

  it('numbers and texts in containers are structure in graph mode, and leaves in tree mode', () => {
    const model = new Bag({ values: data([1, 'x', { deep: true }]) });
    expect(paths(state(model))).toEqual([]);
    expect(withGraphMode(false, () => paths(state(model)))).toEqual(['values/0', 'values/1', 'values/2/deep']);
    expect(merge(...split(model))['values']).toEqual([1, 'x', { deep: true }]);
    expect(graphdef(model).equals(graphdef(new Bag({ values: data([2, 'x', { deep: true }]) })))).toBe(false);
  });

  it('SPL-005 takes what toPureDict gives, and plain objects', () => {
    leavesNothing(() => {
      const model = new Affine();
      const [def, leaves] = split(model);
      const merged = merge(def, toPureDict(leaves));
      expect([merged.kernel instanceof Param, merged.kernel === model.kernel, numbers(merged.kernel)]).toEqual([true, false, [1, 2, 3, 4]]);
      const parts = merge(def, { kernel: model.kernel }, { bias: model.bias });
      expect(parts.kernel).toBe(model.kernel);
      dispose(merged);
      dispose(model);
    });
  });

  it('GRF-009 in tree mode a shared Module without Variables becomes one for each place', () => {
    const shared = new Bag({ list: data([1]) });
    const merged = withGraphMode(false, () => {
      const [def, leaves] = split(new Bag({ a: shared, b: shared }));
      return merge(def, leaves);
    });
    expect([merged['a'], merged['a'] === merged['b']]).toEqual([merged['b'], false]);
    const [def, leaves] = split(new Bag({ a: shared, b: shared }));
    const graph = merge(def, leaves);
    expect(graph['a']).toBe(graph['b']);
  });

  it('OBJ-012 a null is no leaf, wherever it stands, and comes back', () => {
    const model = new Bag({ bias: null, list: data([null, new Param<number>(1), null]), table: data({ x: null }) });
    setAttributeStatus(model, 'bias', 'data');
    const [def, leaves] = split(model);
    expect([paths(leaves), def.numLeaves]).toEqual([['list/1'], 1]);
    expect(merge(def, leaves)).toEqual(model);
    expect((state(null as unknown as Bag) as State).size).toBe(0);
  });

  it('a chain of 3,000 Modules goes apart and together again', () => {
    let chain = new Bag({ w: new Param<number>(0) });
    for (let i = 1; i < 3000; i++) chain = new Bag({ next: chain, w: new Param<number>(i) });
    const [def, leaves] = split(chain);
    expect(def.numLeaves).toBe(3000);
    expect((merge(def, leaves)['next'] as Bag)['w']).toBe((chain['next'] as Bag)['w']);
  });

  it('a frozen array stays frozen', () => {
    const [def, leaves] = split(new Bag({ pair: data(Object.freeze([1, new Bag()])) }));
    expect(Object.isFrozen(merge(def, leaves)['pair'])).toBe(true);
  });

  it('leaves nothing behind, and takes nothing over, when it throws', () => {
    leavesNothing(() => {
      const model = new Affine();
      const [def, leaves] = split(model);
      const wrong = new State<unknown>({ bias: tf.zeros([2]), other: model.kernel });
      expect(() => merge(def, wrong)).toThrow(/^Expected a leaf at 'kernel', but got one at 'other'/);
      expect(() => mergeCopy(def, new State<unknown>({ bias: model.bias, other: model.kernel }))).toThrow(ValueError);
      class Fragile extends Param {
        override copy(): this {
          throw new Error('no copies');
        }
      }
      const fragile = new Fragile(tf.scalar(1));
      expect(() => mergeCopy(def, new State({ bias: model.bias, kernel: fragile }))).toThrow('no copies');
      expect(() => clone(new Bag({ model, z: fragile }))).toThrow('no copies');
      expect(() => clone(new Bag({ model, z: [new Affine(1, 1)].map((inner) => (dispose(inner), inner)) }))).toThrow(/Found data on value/);
      fragile.dispose();
      wrong.delete('other');
      wrong.dispose();
      leaves.dispose();
    });
  });

  it('a GraphDef prints what it holds', () => {
    const model = new Bag({ affine: new Affine(1, 1), width: 3, list: new List([Math.abs]), none: null });
    const def = graphdef(model);
    expect(String(def)).toBe('GraphDef(Bag: 3 nodes, leaves: 2)');
    expect(JSON.parse(JSON.stringify(def))).toEqual({
      nodes: [
        { type: 'Linear', entries: { inFeatures: '1', outFeatures: '1', kernel: 'leaf 1', bias: 'leaf 0' } },
        { type: 'List', entries: { '0': 'abs', _length: '1' } },
        { type: 'Bag', entries: { affine: 'node 0', width: '3', list: 'node 1', none: 'null' } },
      ],
      leaves: [
        { path: ['affine', 'bias'], type: 'Param', metadata: {} },
        { path: ['affine', 'kernel'], type: 'Param', metadata: {} },
      ],
    });
    dispose(model);
  });

  it('SPL-018 structures are equal for equal types, static values and metadata, whatever the numbers and the order of assignment', () => {
    const make = (attributes: object) => graphdef(new Bag({ ...attributes }));
    expect(graphdef(new Drop()).equals(graphdef(new Drop()))).toBe(true);
    expect(graphdef(new Drop(true)).equals(graphdef(new Drop(false)))).toBe(false);
    expect(make({ a: [1, { b: 2 }], c: 'x' }).equals(make({ c: 'x', a: [1, { b: 2 }] }))).toBe(true);
    expect(make({ a: [1, { b: 2 }] }).equals(make({ a: [1, { b: 3 }] }))).toBe(false);
    expect(make({ m: new Map([['k', [1]]]) }).equals(make({ m: new Map([['k', [1]]]) }))).toBe(true);
    expect(make({ m: new Map([['k', [1]]]) }).equals(make({ m: new Map([['k', [2]]]) }))).toBe(false);
    expect(make({ a: new Bag() }).equals(make({ a: new Drop() }))).toBe(false);
    const [x, y, tagged] = [p(1), p(2), new Param(tf.scalar(1), { tag: 't' })];
    expect(make({ x }).equals(make({ x: y }))).toBe(true);
    expect(make({ x }).equals(make({ x: tagged }))).toBe(false);
    expect(make({ x, y: x }).equals(make({ x, y }))).toBe(false);
    tf.dispose([x.value, y.value, tagged.value]);
  });
});

describe('state', () => {
  it('SPL-010 gives one State, or one per filter; leftovers are dropped', () => {
    const block = new Block();
    expect(state(block).flat().length).toBe(8);
    expect(paths(state(block, BatchStat))).toEqual(['batchNorm/mean']);
    const [params, stats] = state(block, Param, BatchStat);
    expect([params.flat().length, stats.flat().length]).toEqual([7, 1]);
    dispose(block);
  });

  it('SPL-011 BUG-15 of a Variable is the Variable', () => {
    const variable = p(1);
    expect(state(variable)).toBe(variable);
    variable.dispose();
  });
});

describe('update', () => {
  it('SPL-012 writes values and metadata into the Variables that are there, which stay the same; the last State wins', () => {
    leavesNothing(() => {
      const model = new Bag({ a: p(1), b: p(2), raw: 3 });
      setAttributeStatus(model, 'raw', 'data');
      const { a } = model;
      const first = new State<unknown>({ a: new Param(tf.ones([2]), { tag: 't' }), b: p(5), raw: 9 });
      const second = new State<unknown>({ b: p(6) });
      update(model, first, second);
      expect([model['a'], (a as Variable).tag, numbers(a as Variable), numbers(model['b'] as Variable), model['raw']]).toEqual([
        a,
        't',
        [1, 1],
        [6],
        9,
      ]);
      first.dispose();
      second.dispose();
      expect(numbers(a as Variable)).toEqual([1, 1]);
      dispose(model);
    });
  });

  it('SPL-013 adds what the Module lacks, as a copy', () => {
    leavesNothing(() => {
      const [model, extra] = [new Bag(), p(1)];
      update(model, new State({ extra }));
      expect(model['extra']).toBeInstanceOf(Param);
      expect(model['extra']).not.toBe(extra);
      extra.dispose();
      dispose(model);
    });
  });

  it('SPL-014 refuses a leaf where a submodule is, and the other way round', () => {
    const model = new Bag({ lin: new Affine() });
    const leaf = p(1);
    expect(() => update(model, new State({ lin: leaf }))).toThrow(/^Expected a subgraph for 'lin', but got Param/);
    expect(() => update(model, { extra: { x: leaf } })).toThrow(/^Expected a leaf for 'extra'/);
    leaf.dispose();
    dispose(model);
  });

  it('SPL-013 fills what is null with a copy, and adds to the end of a List', () => {
    leavesNothing(() => {
      const [model, extra] = [new Bag({ bias: null, list: new List<unknown>([p(1)]) }), p(2)];
      const state = fromFlatState<unknown>([
        [['bias'], extra],
        [['list', 2], p(4)],
        [['list', 1], p(3)],
      ]);
      update(model, state);
      const list = model['list'] as List<Param>;
      expect([model['bias'] instanceof Param, model['bias'] === extra, list.length]).toEqual([true, false, 3]);
      expect([...list].map((v) => numbers(v)[0])).toEqual([1, 3, 4]);
      expect(() => update(model, fromFlatState([[['list', 9], extra]]))).toThrow(
        /^Cannot set 'list\/9': a List of 3 grows by the position 3/,
      );
      state.dispose();
      expect(numbers(list[2]!)).toEqual([4]);
      dispose(model);
    });
  });

  it('OBJ-005 refuses Variables and tensors for static attributes, and takes other values there', () => {
    leavesNothing(() => {
      const [model, leaf, raw] = [new Bag({ width: 3, pair: data(Object.freeze([1, new Bag()])) }), p(1), tf.scalar(2)];
      for (const value of [leaf, raw])
        expect(() => update(model, new State<unknown>({ width: value }))).toThrow(
          /^Cannot assign data value of type '(Param|Tensor)' to static/,
        );
      update(model, { width: 4 });
      expect(model['width']).toBe(4);
      expect(() => update(model, fromFlatState([[['pair', 0], 5]]))).toThrow(/^Cannot set 'pair\/0': the array it is in is frozen/);
      tf.dispose([leaf.value, raw]);
    });
  });

  it('SPL-012 raw tensors are taken over, by Variables and by attributes, and the old ones freed', () => {
    leavesNothing(() => {
      const model = new Bag({ a: p(1), raw: tf.scalar(2) });
      const [mine, other] = [tf.scalar(5), p(6)];
      update(model, { a: mine, raw: other.value });
      expect([(model['a'] as Param).value === mine, numbers(model['raw'] as tf.Tensor)]).toEqual([true, [6]]);
      other.dispose();
      expect(numbers(model['raw'] as tf.Tensor)).toEqual([6]);
      update(model, { raw: p(7).take() });
      expect(numbers(model['raw'] as tf.Tensor)).toEqual([7]);
      dispose(model);
    });
  });

  it('passes over empty States, and refuses nested ones where a Variable is', () => {
    const model = new Bag({ a: new Param<number>(1) });
    update(model, { a: {} });
    expect((model['a'] as Param<number>).value).toBe(1);
    expect(() => update(model, { a: { b: 2 } })).toThrow(/^Expected a leaf for 'a', but got a nested State: a Param is there/);
  });

  it('writes one Variable into another, or a raw value, and refuses anything else', () => {
    const [a, c] = [p(1), p(2)];
    update(a, c);
    expect(numbers(a)).toEqual([2]);
    update(a, new State(), c);
    update(a, tf.scalar(3));
    expect(numbers(a)).toEqual([3]);
    expect(() => update(a, c, c)).toThrow(/^Expected exactly one non-empty state for a Variable, got 2/);
    expect(() => update(a, new State({ c }))).toThrow(ValueError);
    expect(() => update(5, new State())).toThrow(TypeError);
    tf.dispose([a.value, c.value]);
  });
});

describe('clone', () => {
  it('SPL-015 copies Modules and Variables and shares the numbers; shares Variables, or copies numbers, if told to', () => {
    leavesNothing(() => {
      const block = new Block();
      const buffers = tf.memory().numDataBuffers;
      const copy = clone(block);
      expect(tf.memory().numDataBuffers).toBe(buffers);
      expect(copy.linear.kernel).not.toBe(block.linear.kernel);
      copy.linear.kernel.value = tf.zeros([2, 2]);
      expect(numbers(block.linear.kernel)).toEqual([1, 2, 3, 4]);
      expect(clone(block, { variables: false }).linear.kernel).toBe(block.linear.kernel);
      const apart = clone(block, { arrays: true });
      expect(apart.linear.kernel.value.dataId).not.toBe(block.linear.kernel.value.dataId);
      expect(numbers(apart.linear.kernel)).toEqual([1, 2, 3, 4]);
      expect(() => clone(block, { arrays: true, variables: false })).toThrow(/^If arrays is True, variables should be also True/);
      dispose([copy, apart]);
      dispose(block);
    });
  });

  it('keeps raw tensors alive on their own', () => {
    leavesNothing(() => {
      const model = new Bag({ raw: tf.keep(tf.scalar(3)) });
      const copy = clone(model);
      dispose(model);
      expect(numbers(copy['raw'] as tf.Tensor)).toEqual([3]);
      dispose(copy);
    });
  });
});

describe('pop and findDuplicates', () => {
  it('SPL-016 takes matching Variables out, shared ones once', () => {
    leavesNothing(() => {
      const shared = p(1);
      const model = new Bag({ a: shared, b: new Bag({ again: shared, stat: new BatchStat(tf.scalar(2)) }), list: data([p(3)]) });
      const [params, stats] = pop(model, Param, BatchStat);
      expect([paths(params!), paths(stats!)]).toEqual([['a', 'list/0'], ['b/stat']]);
      expect(state(model).size).toBe(0);
      expect('a' in model).toBe(false);
      expect(() => pop(model)).toThrow(/^Expected at least one filter/);
      params!.dispose();
      stats!.dispose();
    });
  });

  it('SPL-016 leaves no hole in a List, takes raw tensors too, and keeps everything if it cannot take all', () => {
    leavesNothing(() => {
      const raw = tf.scalar(4);
      const model = new Bag({ list: new List<unknown>([p(1), 'static', new BatchStat(tf.scalar(2)), p(3)]), raw, again: raw });
      const all = pop(model, BatchStat);
      const list = model['list'] as List<unknown>;
      expect([paths(all), list.length, list[1], numbers(list.get(-1) as Param)]).toEqual([['list/2'], 3, 'static', [3]]);
      const rest = pop(model, true, Param);
      expect([rest.map((each) => paths(each)), [...list], 'again' in model]).toEqual([
        [['again', 'list/0', 'list/2'], []],
        ['static'],
        false,
      ]);
      const frozen = new Bag({ a: p(1), pair: data(Object.freeze([p(2)])) });
      expect(() => pop(frozen, Param)).toThrow(/^Cannot pop from a frozen array/);
      expect(paths(state(frozen))).toEqual(['a', 'pair/0']);
      expect(() => pop(frozen['a'], Param)).toThrow(/^pop takes Variables out of Modules and containers, got Param/);
      for (const each of [all, ...rest]) each.dispose();
      dispose(frozen);
    });
  });

  it('SPL-017 lists the paths of what is reachable twice', () => {
    const [shared, variable] = [new Bag({ inner: 1 }), p(1)];
    const raw = tf.scalar(1);
    const model = new Bag({ a: shared, b: variable, c: shared, d: data([variable, raw]), raw });
    expect(findDuplicates(model)).toEqual([
      [['a'], ['c']],
      [['b'], ['d', 0]],
      [['d', 1], ['raw']],
    ]);
    raw.dispose();
    expect(findDuplicates(model, { only: Param })).toEqual([[['b'], ['d', 0]]]);
    variable.dispose();
  });
});

/** Random graphs of Bags with Variables, sharing and cycles. */
const anyGraph = fc
  .array(
    fc.record({
      n: fc.integer(),
      children: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'D', '_e'), fc.nat(20), fc.boolean()), { maxLength: 4 }),
    }),
    {
      minLength: 1,
      maxLength: 10,
    },
  )
  .map((specs) => {
    const nodes = specs.map(({ n }) => new Bag({ n }));
    const variables = specs.map(({ n }) => new Param<number>(n));
    specs.forEach(({ children }, i) => {
      for (const [name, target, isVariable] of children) nodes[i]![name] = (isVariable ? variables : nodes)[target % nodes.length];
    });
    return nodes[0]!;
  });

describe('on random graphs with sharing and cycles', () => {
  it.each([
    ['merge(split(m))', (model: Bag) => merge(...(split(model) as [GraphDef<Bag>, State]))],
    ['mergeCopy(split(m))', (model: Bag) => mergeCopy(...(split(model) as [GraphDef<Bag>, State]))],
    ['clone(m)', (model: Bag) => clone(model)],
  ])('%s behaves as m: the same paths, types, values, duplicates and structure', (_, copyOf) => {
    fc.assert(
      fc.property(anyGraph, (model) => {
        const copy = copyOf(model);
        const seen = (root: Bag) =>
          [...iterGraph(root)].map(([path, node]) => [
            path.join('/'),
            node instanceof Param ? ['Param', node.value] : node instanceof Bag ? 'Bag' : node,
          ]);
        expect(seen(copy)).toEqual(seen(model));
        expect(findDuplicates(copy)).toEqual(findDuplicates(model));
        expect(graphdef(copy).equals(graphdef(model))).toBe(true);
        const originals = new Set([...iterModules(model)].map(([, module]) => module));
        expect([...iterModules(copy)].some(([, module]) => originals.has(module))).toBe(false);
      }),
      { numRuns: 150, seed: 5 },
    );
  });
});
