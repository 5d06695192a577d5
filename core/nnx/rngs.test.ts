import { describe, expect, it } from 'vitest';
import { Bag, Drop, leavesNothing, numbers } from '../test/nnx-models.ts';
import { foldIn, isKey, type Key, key, split } from '../random/key.ts';
import { uniform } from '../random/uniform.ts';
import { randomBits } from '../random/bits.ts';
import { tf } from '../tensor/tf.ts';
import { AttributeError, ValueError } from './errors.ts';
import { type Filter, Not, PathContains, WithTag } from './filter.ts';
import { forkRngs, reseed, restoreRngs, splitRngs } from './rng-states.ts';
import { type Keys, RngCount, RngKey, Rngs, RngState, RngStream } from './rngs.ts';
import { state } from './split.ts';
import { hasAttribute } from './pytree.ts';

const words = (key: Keys) => (key as Key).data;
const seeds = (rngs: Rngs) => rngs.entries().map(([name, stream]) => [name, words(stream.key.value)[1]]);

// Recorded from JAX 0.10.2: the first keys of nnx.Rngs(0).
const FIRST_KEYS = [
  [1797259609, 2579123966],
  [928981903, 3453687069],
  [4146024105, 2718843009],
  [2467461003, 3840466878],
];

describe('Rngs', () => {
  it('RNG-001 of a seed has one stream, default, with its key and the count 0', () => {
    const rngs = new Rngs(0);
    expect(rngs.names()).toEqual(['default']);
    expect([rngs.default.tag, words(rngs.default.key.value), rngs.default.count.value]).toEqual(['default', [0, 0], 0]);
    expect([rngs.default.key.tag, rngs.default.count.tag]).toEqual(['default', 'default']);
    expect([rngs.default.key, rngs.default.count].map((v) => [v instanceof RngKey, v instanceof RngCount, v instanceof RngState])).toEqual([
      [true, false, true],
      [false, true, true],
    ]);
  });

  it('RNG-002 of named seeds has these streams and no default', () => {
    const rngs = new Rngs({ params: 0, dropout: 1 });
    expect(rngs.names()).toEqual(['params', 'dropout']);
    expect(rngs.has('default')).toBe(false);
  });

  it('RNG-003 of a seed and named seeds lists the named ones first', () => {
    expect(seeds(new Rngs(5, { params: 1 }))).toEqual([
      ['params', 1],
      ['default', 5],
    ]);
  });

  it('RNG-004 of a table and named seeds merges them, the named winning', () => {
    expect(seeds(new Rngs({ a: 1, b: 2 }, { b: 3 }))).toEqual([
      ['a', 1],
      ['b', 3],
    ]);
  });

  it('RNG-005 of nothing has no streams', () => {
    expect([new Rngs().size, new Rngs(null).size]).toEqual([0, 0]);
  });

  it('RNG-006 takes integers, booleans, keys, two words, and streams, whose count starts again', () => {
    const stream = new Rngs(7).default;
    stream();
    expect(seeds(new Rngs({ a: 3, b: true, c: key(4), d: new Uint32Array([0, 5]), e: stream }))).toEqual([
      ['a', 3],
      ['b', 1],
      ['c', 4],
      ['d', 5],
      ['e', 7],
    ]);
    expect(new Rngs({ e: stream }).e.count.value).toBe(0);
  });

  it('RNG-004 RNG-006 takes Maps of seeds, and arrays of keys', () => {
    expect(
      seeds(
        new Rngs(
          new Map([
            ['b', 2],
            ['a', 1],
          ]),
        ),
      ),
    ).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
    const several = new Rngs([key(1), key(2)]).default;
    expect([(several.key.value as Key[]).map(words), several.count.value]).toEqual([
      [
        [0, 1],
        [0, 2],
      ],
      [0, 0],
    ]);
  });

  it('RNG-007 refuses fractions, texts, and objects that are no seeds', () => {
    expect(() => new Rngs(0.5)).toThrow(/^Invalid rng value: 0\.5/);
    expect(() => new Rngs('x' as unknown as number)).toThrow(/^Invalid rng value: x, expected an integer seed/);
    const tensor = tf.scalar(1);
    for (const wrong of ['x', null, undefined, [1, 2], new Rngs(0), tensor, new Float32Array(2)]) {
      expect(() => new Rngs({ a: wrong as unknown as number })).toThrow(ValueError);
      if (wrong !== null && wrong !== undefined) expect(() => new Rngs(wrong as unknown as number)).toThrow(ValueError);
    }
    tensor.dispose();
  });

  it('RNG-008 refuses two seeds for default', () => {
    expect(() => new Rngs(1, { default: 2 })).toThrow(TypeError);
  });

  it('RNG-009 TSD-028 a missing stream falls back to default and advances it', () => {
    const rngs = new Rngs(0);
    expect([words(rngs.dropout()), words(rngs.params()), words(rngs.stream('noise')())]).toEqual(FIRST_KEYS.slice(0, 3));
    expect(rngs.default.count.value).toBe(3);
  });

  it('RNG-010 without default a missing stream is an AttributeError that names it', () => {
    const rngs = new Rngs({ params: 0 });
    for (const ask of [() => rngs.stream('foo'), () => rngs.dropout, () => rngs.default, () => rngs.next()])
      expect(ask).toThrow(/^No RngStream named '(foo|dropout|default)' found in Rngs\./);
    expect(() => rngs.dropout).toThrow(AttributeError);
    expect(hasAttribute(rngs, 'dropout')).toBe(false);
  });

  it('RNG-011 names like __foo__ never fall back, and other properties do not exist', () => {
    const rngs = new Rngs(0);
    expect(() => rngs.stream('__foo__')).toThrow(AttributeError);
    expect(words(rngs.stream('__foo')())).toEqual(FIRST_KEYS[0]);
    expect('then' in rngs).toBe(false);
    expect(hasAttribute(rngs, 'setView')).toBe(false);
  });

  it('RNG-012 RNX-003 a stream gives its key with the count folded in, then counts up; its key stays', () => {
    const { params } = new Rngs({ params: 0 });
    expect(FIRST_KEYS.map(() => words(params()))).toEqual(FIRST_KEYS);
    expect([words(params.key.value), params.count.value]).toEqual([[0, 0], 4]);
    expect(words(foldIn(key(0), 3))).toEqual(FIRST_KEYS[3]);
  });

  it('RNG-013 next() of an Rngs is that of default', () => expect(words(new Rngs(0).next())).toEqual(FIRST_KEYS[0]));

  it('RNG-014 lists names, sizes and entries, and has() knows no fallback', () => {
    const rngs = new Rngs(0, { a: 1 });
    expect([[...rngs], rngs.size, rngs.entries().map(([name]) => name)]).toEqual([['a', 'default'], 2, ['a', 'default']]);
    expect([rngs.has('a'), rngs.has('params')]).toEqual([true, false]);
  });

  it('RNG-015 RNG-016 a fork starts every stream from its next key, at 0, with its tag', () => {
    const rngs = new Rngs({ params: 0, dropout: 1 });
    const fork = rngs.fork();
    expect([words(fork.params.key.value), fork.params.count.value, fork.params.tag]).toEqual([FIRST_KEYS[0], 0, 'params']);
    expect([rngs.params.count.value, rngs.dropout.count.value]).toEqual([1, 1]);
    const stream = rngs.params.fork();
    expect([words(stream.key.value), stream.tag, rngs.params.count.value]).toEqual([FIRST_KEYS[1], 'params', 2]);
  });

  it('RNG-017 BUG-16 a split gives keys in a shape; streams not split keep their key and start their count again', () => {
    const rngs = new Rngs({ params: 0, dropout: 1 });
    rngs.dropout();
    const halves = rngs.split(new Map([['params', 2]]));
    expect(halves.params.key.value).toEqual(split(foldIn(key(0), 0), 2));
    expect(halves.params.count.value).toEqual([0, 0]);
    expect([words(halves.dropout.key.value), halves.dropout.count.value]).toEqual([[0, 1], 0]);
    expect([rngs.params.count.value, rngs.dropout.count.value]).toEqual([1, 1]);
    for (const shape of [-1, [-1, -1], 1.5]) {
      expect(() => rngs.split(shape)).toThrow(RangeError);
      expect(() => rngs.broadcast(shape)).toThrow(RangeError);
    }
    expect((rngs.split([2, 3]).params.key.value as Key[][]).map((keys) => keys.length)).toEqual([3, 3]);
    expect(rngs.split({ params: null }).params).not.toBe(rngs.params);
    // Flax asks the filters with an empty path.
    expect(rngs.split(new Map([[new PathContains('params'), 2]])).params.key.value).toBe(rngs.params.key.value);
    const first = rngs.split(
      new Map<Filter, number | number[] | null>([
        [new WithTag('dropout'), null],
        [RngStream, [2, 1]],
        [true, 9],
      ]),
    );
    expect([first.dropout.count.value, first.params.count.value]).toEqual([0, [[0], [0]]]);
  });

  it('RNG-018 a stream of several keys cannot be drawn from', () => {
    expect(() => new Rngs(0).split(2).default()).toThrow(/^fold_in accepts a single key/);
  });

  it('RNG-019 a broadcast repeats one key', () => {
    const keys = new Rngs(0).broadcast([2, 2]).default.key.value as Key[][];
    expect(keys.flat().map(words)).toEqual([FIRST_KEYS[0], FIRST_KEYS[0], FIRST_KEYS[0], FIRST_KEYS[0]]);
    const some = new Rngs({ params: 0, dropout: 1 }).broadcast({ params: 2, dropout: null });
    expect([(some.params.key.value as Key[]).map(words), words(some.dropout.key.value)]).toEqual([
      [FIRST_KEYS[0], FIRST_KEYS[0]],
      [0, 1],
    ]);
  });

  it('RNG-020 RNG-021 RNG-022 splitRngs and forkRngs replace the streams in a model and can be undone, counts staying consumed', () => {
    const model = new Bag({ rngs: new Rngs(0) });
    const rngs = model['rngs'] as Rngs;
    const backup = splitRngs(model, 3);
    expect((rngs.default.key.value as Key[]).length).toBe(3);
    restoreRngs(backup);
    expect([words(rngs.default.key.value), rngs.default.count.value]).toEqual([[0, 0], 1]);
    const forked = forkRngs(model);
    expect([words(rngs.default.key.value), rngs.default.count.value]).toEqual([FIRST_KEYS[1], 0]);
    restoreRngs(forked);
    expect([words(rngs.default.key.value), rngs.default.count.value]).toEqual([[0, 0], 2]);
    expect(() => splitRngs(model, 3, { squeeze: true })).toThrow(/squeeze=True is only supported for splits=1/);
    splitRngs(model, 1, { squeeze: true });
    expect([isKey(rngs.default.key.value), rngs.default.count.value]).toEqual([true, 0]);
    splitRngs(model, [2, 3]);
    expect(rngs.default.count.value).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  // What Flax does for each, by the shapes of the keys that it leaves.
  it.each<[string, Filter, string[]]>([
    ['a tag', 'a', ['a']],
    ['RngState', RngState, ['a', 'dropout', 'fork']],
    ['RngKey, which the count is not', RngKey, []],
    ['RngStream, which neither is', RngStream, []],
    ['a path', new PathContains('drop'), ['fork']],
    ['the name of the key', new PathContains('key'), []],
    ['what has not a tag', new Not('a'), ['dropout', 'fork']],
    ['nothing', null, []],
  ])('RNG-020 splitRngs asks its filter for the key and the count of a stream: %s', (_, only, expected) => {
    const rngs = new Rngs({ a: 1, dropout: 2 });
    const model = new Bag({ rngs, drop: new Drop(false, rngs) });
    splitRngs(model, 2, { only });
    const streams = { a: rngs.a, dropout: rngs.dropout, fork: (model['drop'] as Drop).rngs! };
    const several = Object.entries(streams).filter(([, stream]) => !isKey(stream.key.value));
    expect(several.map(([name]) => name)).toEqual(expected);
  });

  it('RNG-021 forkRngs forks by filter, into one key or several, the others staying as they are', () => {
    const rngs = new Rngs({ params: 0, dropout: 1, noise: 2 });
    const backup = forkRngs(rngs, {
      split: new Map<Filter, number | null>([
        ['params', 2],
        ['dropout', null],
      ]),
    });
    expect(rngs.params.key.value).toEqual(split(foldIn(key(0), 0), 2));
    expect(words(rngs.dropout.key.value)).toEqual(words(foldIn(key(1), 0)));
    expect([words(rngs.noise.key.value), rngs.noise.count.value, backup.length]).toEqual([[0, 2], 0, 2]);
    forkRngs(rngs.noise, { split: [1, 2] });
    expect(rngs.noise.count.value).toEqual([[0, 0]]);
  });

  it('RNG-023 reseed starts the streams of a name again', () => {
    const model = new Bag({ rngs: new Rngs({ params: 0, dropout: 1 }) });
    const rngs = model['rngs'] as Rngs;
    rngs.dropout();
    reseed(model, { dropout: 42 });
    expect([words(rngs.dropout.key.value), rngs.dropout.count.value]).toEqual([words(foldIn(key(42), 0)), 0]);
    expect(words(rngs.params.key.value)).toEqual([0, 0]);
    const several = rngs.split(2);
    expect(() => reseed(several, { dropout: 42 })).toThrow(/because it holds several keys/);
    reseed(several, { dropout: 42 }, { policy: 'matchShape' });
    expect(several.dropout.key.value).toEqual(split(foldIn(key(42), 0), 2));
    const asked: unknown[] = [];
    reseed(
      new Bag({ in: several }),
      { dropout: 7 },
      {
        policy: (path, fresh, shape) => {
          asked.push([path, shape]);
          return split(fresh, 3);
        },
      },
    );
    expect([asked, several.dropout.count.value]).toEqual([[[['in', 'dropout'], [2]]], [0, 0, 0]]);
    expect(() => reseed(model, { dropout: 1 }, { policy: 'x' as 'matchShape' })).toThrow(/^policy must be/);
    // Two streams of one name: each takes the next key, in the order of their paths. From nnx.reseed.
    const shared = new Rngs({ a: 1, dropout: 2 });
    const two = new Bag({ rngs: shared, d: new Drop(false, shared) });
    reseed(two, { dropout: 5 });
    expect([words((two['d'] as Drop).rngs!.key.value), words(shared.dropout.key.value)]).toEqual([
      [2724472204, 3573582090],
      [202567368, 3886822060],
    ]);
  });

  it('RNG-025 the first keys of params are JAX’s, so that layers draw Flax’s parameters', () => {
    const rngs = new Rngs({ params: 0 });
    expect([words(rngs.params()), words(rngs.params())]).toEqual(FIRST_KEYS.slice(0, 2));
  });

  it('RNG-026 draws tensors, one key each', () => {
    leavesNothing(() => {
      const rngs = new Rngs(0, { noise: 1 });
      const draws: tf.Tensor[] = [
        rngs.uniform([2]),
        rngs.normal([2, 3]),
        rngs.truncatedNormal(-1, 1, [2]),
        rngs.bernoulli(0.5, [4]),
        rngs.randint([3], 0, 10),
        rngs.permutation(4),
        rngs.lecunNormal()([2, 3]),
        rngs.lecunUniform()([2, 3]),
        rngs.glorotNormal()([2, 3]),
        rngs.glorotUniform()([2, 3]),
        rngs.heNormal()([2, 3]),
        rngs.heUniform()([2, 3]),
      ];
      expect(rngs.default.count.value).toBe(draws.length);
      expect(draws.map((draw) => draw.shape.join())).toEqual(['2', '2,3', '2', '4', '3', '4', '2,3', '2,3', '2,3', '2,3', '2,3', '2,3']);
      expect(draws.map((draw) => draw.dtype).slice(3, 6)).toEqual(['bool', 'int32', 'int32']);
      expect(numbers(draws[0]!)).toEqual([...uniform(foldIn(key(0), 0), [2])]);
      expect(rngs.noise.bits([2])).toEqual(randomBits(foldIn(key(1), 0), [2]));
      tf.dispose(draws);
    });
  });

  it('RNG-026 draws scalars without a shape, and shuffles tensors along an axis as JAX does', () => {
    leavesNothing(() => {
      const x = tf.tensor2d([...Array(12).keys()], [3, 4], 'int32');
      const draws = [new Rngs(0).normal(), new Rngs(0).bernoulli(), new Rngs(0).permutation(x), new Rngs(0).permutation(x, -1)];
      expect(draws.map((draw) => draw.shape)).toEqual([[], [], [3, 4], [3, 4]]);
      expect(numbers(draws[0]!)[0]).toBeCloseTo(1.0040143, 6);
      expect(draws.slice(1).map(numbers)).toEqual([[0], [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7], [0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11]]);
      expect(() => new Rngs(0).permutation(x, 2)).toThrow(/^Expected an axis of the shape \[3, 4\], got 2/);
      tf.dispose([x, ...draws]);
    });
  });

  it('RNG-027 a layer keeps a fork: making it advances the source by one, and the fork counts alone', () => {
    const rngs = new Rngs(0);
    const drop = new Drop(false, rngs);
    expect([rngs.default.count.value, drop.rngs!.tag]).toEqual([1, 'default']);
    drop.rngs!();
    expect([rngs.default.count.value, drop.rngs!.count.value]).toEqual([1, 1]);
  });

  it('streams may have the names of methods and of function properties', () => {
    const rngs = new Rngs({ name: 1, length: 2, fork: 3 });
    expect(rngs.names()).toEqual(['name', 'length', 'fork']);
    const stream = new RngStream(0, { tag: 'x' });
    expect(Object.keys(stream)).toEqual(['tag', 'key', 'count']);
    expect(
      state(stream)
        .flat()
        .map(([path]) => path[0]),
    ).toEqual(['count', 'key']);
  });
});
