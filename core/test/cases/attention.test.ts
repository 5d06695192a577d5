import { describe, expect, it } from 'vitest';
import { Dropout } from '../../layers/dropout.ts';
import { MultiHeadAttention } from '../../layers/multi-head-attention.ts';
import { capture } from '../../nnx/capture.ts';
import { dispose } from '../../nnx/dispose.ts';
import { iterChildren, Module } from '../../nnx/module.ts';
import { Rngs } from '../../nnx/rngs.ts';
import { Sequential } from '../../nnx/sequential.ts';
import { Cache, Intermediate } from '../../nnx/variable.ts';
import { view } from '../../nnx/view.ts';
import { combineMasks } from '../../ops/combine-masks.ts';
import { dotProductAttention } from '../../ops/dot-product-attention.ts';
import { makeAttentionMask } from '../../ops/make-attention-mask.ts';
import { makeCausalMask } from '../../ops/make-causal-mask.ts';
import { key } from '../../random/key.ts';
import { tf } from '../../tensor/tf.ts';
import { expectClose, rngs, shapeOf, using, valuesOf } from './helpers.ts';

const ones = (n = 1000) => tf.ones([n]);
const share = (values: number[], value: number) => values.filter((v) => v === value).length / values.length;

describe('Dropout', () => {
  it('DRP-001 DRP-014 keeps a fork of its stream, falling back to default', () => {
    const streams = new Rngs({ dropout: 1, xx: 2 });
    using(new Dropout({ rate: 0.5, rngs: streams }), (drop) =>
      expect([drop.rngs?.tag, streams.dropout.count.value]).toEqual(['dropout', 1]),
    );
    using(new Dropout({ rate: 0.5, rngCollection: 'xx', rngs: streams }), (drop) => expect(drop.rngs?.tag).toBe('xx'));
    using(new Dropout({ rate: 0.5, rngs: rngs() }), (drop) => expect(drop.rngs?.tag).toBe('default'));
  });

  it('DRP-002 DRP-003 DRP-004 takes a stream or nothing, and refuses anything else', () => {
    const { dropout } = new Rngs({ dropout: 1 });
    using(new Dropout({ rate: 0.5, rngs: dropout }), (drop) => expect([drop.rngs === dropout, drop.rngs?.tag]).toEqual([false, 'dropout']));
    expect(new Dropout({ rate: 0.5 }).rngs).toBe(null);
    expect(() => new Dropout({ rate: 0.5, rngs: key(0) as never })).toThrow(/^rngs must be a Rngs, RngStream or None, but got/);
  });

  it('DRP-010 MOD-001 MOD-002 asks for the mode before the rate, then for a stream only if it draws', () => {
    const x = ones(4);
    const drop = (options = {}) => new Dropout({ rate: 0.5, ...options });
    expect(() => drop({ rate: 0, deterministic: null }).call(x)).toThrow(
      /^No `deterministic` argument was provided to Dropout\.[^]*\(1\)[^]*\(2\)[^]*\(3\)/,
    );
    expect(drop({ rate: 0 }).call(x)).toBe(x);
    expect(drop({ deterministic: true }).call(x)).toBe(x);
    expect(drop({ deterministic: null }).call(x, { deterministic: true })).toBe(x);
    expect(valuesOf(() => drop({ rate: 1 }).call(x))).toEqual([0, 0, 0, 0]);
    expect(() => drop().call(x)).toThrow(/^`deterministic` is False, but no `rngs` argument was provided to Dropout/);
    x.dispose();
  });

  it('DRP-011 takes Rngs, a stream or a key in the call', () => {
    const drop = new Dropout({ rate: 0.5 });
    for (const given of [new Rngs({ dropout: 3 }), rngs(), rngs().default, key(3)])
      expect(share(valuesOf(() => drop.call(ones(), { rngs: given })) as number[], 0)).toBeGreaterThan(0.4);
    expect(() => tf.tidy(() => drop.call(ones(2), { rngs: 'x' as never }))).toThrow(TypeError);
  });

  it('DRP-012 divides what it keeps, and drops whole slices along broadcastDims', () => {
    using(new Dropout({ rate: 0.25, rngs: rngs() }), (drop) => {
      const values = valuesOf(() => drop.call(ones())) as number[];
      expect(Math.abs(share(values, 0) - 0.25)).toBeLessThan(0.06);
      expectClose(Math.max(...values), 4 / 3);
    });
    using(new Dropout({ rate: 0.5, broadcastDims: [0], rngs: rngs() }), (drop) => {
      const rows = valuesOf(() => drop.call(tf.ones([3, 50]))) as number[][];
      expect(rows[1]).toEqual(rows[0]);
      expect(share(rows[0]!, 0)).toBeGreaterThan(0.2);
    });
  });

  it('refuses a broadcast axis that the input lacks, and leaves no tensor over where it throws or is given an array', () => {
    const before = tf.memory().numTensors;
    for (const axis of [2, -3]) {
      const drop = new Dropout({ rate: 0.5, broadcastDims: [axis], rngs: rngs() });
      expect(() =>
        drop.call([
          [1, 2],
          [3, 4],
        ]),
      ).toThrow(/^broadcastDims of Dropout must be axes of its input, \(2, 2\), got -?\d\. Name axes from -2 to 1\./);
      expect(drop.rngs?.count.value).toBe(0);
    }
    for (const rate of [0.5, 1]) new Dropout({ rate, rngs: rngs() }).call([1, 2, 3]).dispose();
    expect(() => new Dropout({ rate: 0.5 }).call([1, 2, 3])).toThrow(/no `rngs` argument/);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('CON-014 takes the streams that a Sequential is called with, also inside another', () => {
    const drop = new Dropout({ rate: 0.5 });
    const attention = new MultiHeadAttention({
      numHeads: 1,
      inFeatures: 2,
      dropoutRate: 0.5,
      keepRngs: false,
      deterministic: false,
      decode: false,
      rngs: rngs(),
    });
    const model = new Sequential(drop, new Sequential(attention, drop), (x: tf.Tensor) => tf.mul(x, 1));
    const run = (seed: number) => valuesOf(() => model.callWithRngs(new Rngs({ dropout: seed }), tf.ones([1, 6, 2])));
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    expect(() => valuesOf(() => model.call(tf.ones([1, 6, 2])))).toThrow(/no `rngs` argument/);
    dispose(model);
  });

  it('DRP-013 gives the same mask from the same state, and another at each call; the call may overrule the attribute', () => {
    const [first, second] = [new Dropout({ rate: 0.5, rngs: rngs() }), new Dropout({ rate: 0.5, deterministic: true, rngs: rngs() })];
    const once = valuesOf(() => first.call(ones(50)));
    expect(valuesOf(() => second.call(ones(50), { deterministic: false }))).toEqual(once);
    expect(valuesOf(() => first.call(ones(50)))).not.toEqual(once);
    expect([first.rngs?.count.value, second.rngs?.count.value]).toEqual([2, 1]);
    dispose([first, second]);
  });
});

describe('dotProductAttention', () => {
  const random = (...shape: number[]) => tf.randomNormal(shape, 0, 1, 'float32', shape.length + shape[0]!);

  it('ATN-001 ATN-006 mixes values by the softmax of the scaled products, with any batch axes', () => {
    const q = tf.tensor([1, 0], [1, 1, 2]);
    const k = tf.tensor([1, 0, 0, 1], [2, 1, 2]);
    const v = tf.tensor([1, 3], [2, 1, 1]);
    const w = Math.exp(1 / Math.SQRT2) / (Math.exp(1 / Math.SQRT2) + 1);
    expectClose(
      valuesOf(() => dotProductAttention(q, k, v)),
      [[[w + 3 * (1 - w)]]],
    );
    expect(shapeOf(() => dotProductAttention(random(2, 3, 4, 2, 5), random(2, 3, 6, 2, 5), random(2, 3, 6, 2, 7)))).toEqual([
      2, 3, 4, 2, 7,
    ]);
    tf.dispose([q, k, v]);
  });

  it('ATN-002 TFJ-011 a mask keeps what is true; a row with nothing kept is uniform, not NaN', () => {
    const v = tf.tensor([1, 3], [1, 2, 1, 1]);
    const q = tf.ones([1, 2, 1, 1]);
    const mask = tf.tensor([1, 0, 0, 0], [1, 1, 2, 2]);
    expectClose(
      valuesOf(() => dotProductAttention(q, q, v, { mask })),
      [[[[1]], [[2]]]],
    );
    tf.dispose([v, q, mask]);
  });

  it('ATN-002 TFJ-011 a single key that is masked keeps its weight, on WebGL too', () => {
    for (const depth of [1, 3]) {
      const v = tf.tidy(() => tf.mul(tf.ones([2, 1, 1, depth]), 5));
      const mask = tf.zeros([1, 1, 1, 1], 'bool');
      expect((valuesOf(() => tf.reshape(dotProductAttention(v, v, v, { mask }), [-1])) as number[]).every((y) => y === 5)).toBe(true);
      tf.dispose([v, mask]);
    }
  });

  it('ATN-003 isCausal shows each query the keys up to it', () => {
    const v = tf.tensor([1, 3], [1, 2, 1, 1]);
    const q = tf.ones([1, 2, 1, 1]);
    expectClose(
      valuesOf(() => dotProductAttention(q, q, v, { isCausal: true })),
      [[[[1]], [[2]]]],
    );
    tf.dispose([v, q]);
  });

  it('ATN-004 several query heads may share a key head; other numbers are refused', () => {
    expect(shapeOf(() => dotProductAttention(random(1, 2, 4, 3), random(1, 5, 2, 3), random(1, 5, 2, 3)))).toEqual([1, 2, 4, 3]);
    expect(() => shapeOf(() => dotProductAttention(random(1, 2, 3, 3), random(1, 5, 2, 3), random(1, 5, 2, 3)))).toThrow(/multiple of/);
  });

  it('ATN-005 refuses ranks, batches, lengths and depths that do not fit', () => {
    const refused: [number[], number[], number[]][] = [
      [
        [2, 1, 3],
        [1, 2, 1, 3],
        [1, 2, 1, 3],
      ],
      [
        [1, 2, 1, 3],
        [2, 2, 1, 3],
        [2, 2, 1, 3],
      ],
      [
        [1, 2, 1, 3],
        [1, 2, 1, 3],
        [1, 4, 1, 3],
      ],
      [
        [1, 2, 1, 3],
        [1, 2, 1, 4],
        [1, 2, 1, 3],
      ],
    ];
    for (const [q, k, v] of refused)
      expect(() => shapeOf(() => dotProductAttention(tf.ones(q), tf.ones(k), tf.ones(v)))).toThrow(/must match|same rank/);
  });

  it('values may have heads of their own, as many as divide those of the queries', () => {
    const [q, k] = [tf.ones([1, 2, 4, 3]), tf.ones([1, 5, 2, 3])];
    // Recorded from nnx.dot_product_attention with dropout_rate=0.1, deterministic=True: the mean over the keys of each value head.
    const rows = (heads: number) =>
      valuesOf(() =>
        tf.slice(dotProductAttention(q, k, tf.reshape(tf.range(0, 15 * heads), [1, 5, heads, 3])), [0, 0, 0, 0], [1, 1, 4, 3]),
      );
    expectClose(rows(1), [6, 7, 8, 6, 7, 8, 6, 7, 8, 6, 7, 8]);
    expectClose(rows(4), [24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35]);
    expect(() => rows(3)).toThrow(/^Query heads \(4\) must be multiple of Value heads \(3\)/);
    tf.dispose([q, k]);
  });

  it('refuses a mask or bias that does not broadcast to the logits, or would make them larger', () => {
    const q = tf.ones([1, 2, 4, 3]);
    for (const shape of [
      [1, 1, 3, 2],
      [7, 1, 2, 2],
      [1, 1, 1, 2, 2],
    ])
      for (const name of ['mask', 'bias'])
        expect(() => shapeOf(() => dotProductAttention(q, q, q, { [name]: tf.ones(shape) }))).toThrow(
          new RegExp(`^The ${name} of attention must broadcast to .*\\(1, 4, 2, 2\\), but got`),
        );
    expect(shapeOf(() => dotProductAttention(q, q, q, { mask: tf.ones([2, 2]) }))).toEqual([1, 2, 4, 3]);
    expect(() => shapeOf(() => dotProductAttention(tf.ones([4, 3]), tf.ones([4, 3]), tf.ones([4, 3])))).toThrow(/at least 3 axes/);
    q.dispose();
  });

  it('ATN-007 sows its weights on a module, before dropout', () => {
    class Attends extends Module {
      call(x: tf.Tensor): tf.Tensor {
        return dotProductAttention(x, x, x, { module: this, dropoutRate: 0.9, dropoutRng: key(0) });
      }
    }
    const x = tf.ones([1, 2, 1, 3]);
    const [y, sown] = capture(new Attends(), [Intermediate])(x);
    expect(sown.leaf('attentionWeights').value[0]!.arraySync()).toEqual([
      [
        [
          [0.5, 0.5],
          [0.5, 0.5],
        ],
      ],
    ]);
    sown.dispose();
    tf.dispose([x, y]);
  });

  it('ATN-008 drops weights with one mask for batch and heads, or one for each', () => {
    const q = tf.ones([2, 8, 2, 1]);
    const drop = (broadcastDropout: boolean) =>
      valuesOf(() =>
        dotProductAttention(q, q, tf.ones([2, 8, 2, 1]), { dropoutRate: 0.5, dropoutRng: key(0), broadcastDropout }),
      ) as number[][][][];
    const shared = drop(true);
    // Eight keys of equal weight and the value 1: each that is kept counts ⅛ / ½.
    const kept = shared.flat(3).map((sum) => sum * 4);
    expect(kept.every(Number.isInteger)).toBe(true);
    expect(new Set(kept).size).toBeGreaterThan(2);
    expect(shared[0]).toEqual(shared[1]);
    expect(drop(false)[0]).not.toEqual(drop(false)[1]);
    q.dispose();
  });

  it('ATN-009 ATN-010 ATN-011 makes and combines masks', () => {
    const pairs = valuesOf(() => makeAttentionMask(tf.tensor2d([[1, 0]]), tf.tensor2d([[1, 1, 0]])));
    expect(pairs).toEqual([
      [
        [
          [1, 1, 0],
          [0, 0, 0],
        ],
      ],
    ]);
    expect(valuesOf(() => makeCausalMask(tf.ones([1, 3])))).toEqual([
      [
        [
          [1, 0, 0],
          [1, 1, 0],
          [1, 1, 1],
        ],
      ],
    ]);
    expect(shapeOf(() => makeCausalMask(tf.ones([2, 3]), { extraBatchDims: 1 }))).toEqual([1, 2, 1, 3, 3]);
    expect(valuesOf(() => combineMasks(tf.tensor1d([1, 1, 0]), null, tf.tensor1d([1, 0, 0]))!)).toEqual([1, 0, 0]);
    expect(combineMasks(null, undefined)).toBe(null);
    // Recorded: one mask keeps its numbers.
    expect(valuesOf(() => combineMasks(null, tf.tensor1d([0, 0.5, 2, -1]))!)).toEqual([0, 0.5, 2, -1]);
    expect(valuesOf(() => makeAttentionMask(tf.tensor1d([1, 0], 'bool'), tf.tensor1d([1, 1, 0], 'bool')))).toEqual([
      [
        [1, 1, 0],
        [0, 0, 0],
      ],
    ]);
    expect(() => shapeOf(() => makeCausalMask(tf.scalar(1)))).toThrow(/^A causal mask needs x \[batch…, length\], got a scalar\./);
    expect(() => valuesOf(() => combineMasks(tf.ones([1]), tf.ones([1, 1]))!)).toThrow(/^masks must have same rank/);
  });
});

describe('MultiHeadAttention', () => {
  const make = (options = {}) => new MultiHeadAttention({ numHeads: 2, inFeatures: 4, decode: false, rngs: rngs(), ...options });
  const sequence = (length = 3) => tf.reshape(tf.cos(tf.range(0, length * 4)), [1, length, 4]);

  it('MHA-001 MHA-002 MHA-027 has projections by head, in the order of their names', () => {
    using(make({ qkvFeatures: 6, outFeatures: 5, numKvHeads: 1, inKvFeatures: 3, normalizeQk: true }), (mha) => {
      expect([mha.query.kernel.shape, mha.query.bias?.shape]).toEqual([
        [4, 2, 3],
        [2, 3],
      ]);
      expect([mha.key.kernel.shape, mha.value.kernel.shape, mha.value.bias?.shape]).toEqual([
        [3, 1, 3],
        [3, 1, 3],
        [1, 3],
      ]);
      expect([mha.out.kernel.shape, mha.out.bias?.shape, mha.headDim]).toEqual([[2, 3, 5], [5], 3]);
      expect([...iterChildren(mha)].map(([name]) => name)).toEqual(['key', 'keyLn', 'out', 'query', 'queryLn', 'value']);
    });
  });

  it('MHA-003 draws query, key, value, the norms’ scales and out, then a dropout stream', () => {
    const streams = new Rngs({ params: 0, dropout: 1 });
    using(make({ normalizeQk: true, dropoutRate: 0.5, rngs: streams }), (mha) => {
      expect([streams.params.count.value, streams.dropout.count.value, mha.rngs?.tag]).toEqual([10, 1, 'dropout']);
    });
  });

  it('MHA-004 MHA-006 normalizes queries and keys if told to; what is unused is null', () => {
    using(make(), (mha) => {
      expect([mha.queryLn, mha.keyLn, mha.rngs, mha.cachedKey, mha.cachedValue, mha.cacheIndex, mha.deterministic]).toEqual([
        null,
        null,
        null,
        null,
        null,
        null,
        null,
      ]);
    });
    using(make({ normalizeQk: true }), (mha) => expect([mha.queryLn?.bias, mha.queryLn?.epsilon]).toEqual([null, 1e-6]));
    using(new MultiHeadAttention({ numHeads: 2, inFeatures: 4, rngs: rngs() }), (mha) =>
      expect([mha.decode, mha.dropoutRate]).toEqual([null, 0]),
    );
  });

  it('frees its projections where an initialiser fails', () => {
    const before = tf.memory().numTensors;
    const outKernelInit = () => {
      throw new Error('no values');
    };
    expect(() => make({ outKernelInit, normalizeQk: true })).toThrow('no values');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('MHA-005 refuses sizes that do not divide', () => {
    expect(() => make({ numHeads: 4, numKvHeads: 3 })).toThrow(/^numHeads \(4\) must be divisible by numKvHeads \(3\)\./);
    expect(() => make({ numHeads: 3 })).toThrow(/^Memory dimension \(4\) must be divisible by 'numHeads' heads \(3\)\./);
  });

  it('MHA-010 MHA-011 keys default to queries and values to keys', () => {
    using(make(), (mha) => {
      const alone = valuesOf(() => mha.call(sequence()));
      expect(valuesOf(() => mha.call(sequence(), sequence()))).toEqual(alone);
      expect(valuesOf(() => mha.call(sequence(), sequence(), sequence()))).toEqual(alone);
      expect(shapeOf(() => mha.call(sequence(2), sequence(5)))).toEqual([1, 2, 4]);
      expect(() => shapeOf(() => mha.call(sequence(), null, sequence()))).toThrow(/^`inputs_k` cannot be None if `inputs_v` is not None\./);
      expect(() => shapeOf(() => mha.call(tf.ones([1, 2, 5])))).toThrow(/^Incompatible input dimension, got 5 but module expects 4\./);
    });
  });

  it('MHA-012 MOD-005 always asks whether to decode', () => {
    using(make({ decode: null }), (mha) => {
      expect(() => shapeOf(() => mha.call(sequence()))).toThrow(/^No `decode` argument was provided to MultiHeadAttention/);
      expect(shapeOf(() => mha.call(sequence(), { decode: false }))).toEqual([1, 3, 4]);
    });
  });

  it('MHA-013 MHA-014 MHA-015 MOD-006 MOD-007 asks for the mode and a stream only if there is dropout', () => {
    using(make({ dropoutRate: 0.5 }), (mha) => {
      expect(() => shapeOf(() => mha.call(sequence()))).toThrow(/^No `deterministic` argument was provided to MultiHeadAttention/);
      expect(shapeOf(() => mha.call(sequence(), { deterministic: true }))).toEqual([1, 3, 4]);
      expect(valuesOf(() => mha.call(sequence(), { deterministic: false }))).not.toEqual(
        valuesOf(() => mha.call(sequence(), { deterministic: false })),
      );
    });
    using(make({ dropoutRate: 0.5, keepRngs: false, deterministic: false }), (mha) => {
      expect(() => shapeOf(() => mha.call(sequence()))).toThrow(/^'rngs' must be provided to __call__ method/);
      expect(shapeOf(() => mha.call(sequence(), { rngs: rngs() }))).toEqual([1, 3, 4]);
      const drawn = (given: Rngs | Rngs['dropout']) => valuesOf(() => mha.call(sequence(6), { rngs: given }));
      const streams = () => new Rngs({ default: 1, dropout: 2 });
      expect(drawn(streams())).toEqual(drawn(streams().dropout));
      expect(drawn(streams())).not.toEqual(drawn(streams().default));
      expect(drawn(new Rngs(2))).toEqual(drawn(new Rngs(2).default));
    });
  });

  it('MHA-020 MHA-021 MHA-022 decoding needs a cache, and takes one position at a time', () => {
    using(make({ decode: true }), (mha) => {
      expect(() => shapeOf(() => mha.call(sequence(1)))).toThrow(/^Autoregressive cache not initialized, call ``init_cache`` first/);
      mha.initCache([2, 5, 4]);
      expect([mha.cachedKey instanceof Cache, mha.cachedKey?.shape, mha.cachedValue?.shape, mha.cacheIndex?.dtype]).toEqual([
        true,
        [2, 5, 2, 2],
        [2, 5, 2, 2],
        'int32',
      ]);
      expect(() => shapeOf(() => mha.call(tf.ones([2, 2, 4])))).toThrow(
        /^Autoregressive cache shape error, expected key shape \(2, 1, 2, 2\) instead got \(2, 2, 2, 2\)\./,
      );
    });
  });

  it('MHA-023 MHA-024 step by step equals causal attention; past the end the last place is overwritten', () => {
    using(make({ decode: true }), (mha) => {
      const full = valuesOf(() => mha.call(sequence(), { decode: false, isCausal: true })) as number[][][];
      mha.initCache([1, 3, 4]);
      for (const i of [0, 1, 2])
        expectClose(
          valuesOf(() => mha.call(tf.slice(sequence(), [0, i, 0], [1, 1, 4]))),
          full[0]![i]!,
        );
      expect(mha.cacheIndex?.value.arraySync()).toBe(3);
      valuesOf(() => mha.call(sequence(1)));
      expect(mha.cacheIndex?.value.arraySync()).toBe(4);
    });
  });

  it('MHA-023 a mask hides cached positions; one that does not fit leaves the cache as it was', () => {
    using(make({ decode: true }), (mha) => {
      mha.initCache([1, 3, 4]);
      const step = (mask?: tf.Tensor) => valuesOf(() => mha.call(sequence(1), mask ? { mask } : {}));
      expect(() => shapeOf(() => mha.call(sequence(1), { mask: tf.ones([1, 3]) }))).toThrow(/^masks must have same rank, but got \(2, 4\)/);
      expect(() => shapeOf(() => mha.call(sequence(1), { mask: tf.ones([1, 1, 1, 5]) }))).toThrow(/^The mask of attention must broadcast/);
      expect([mha.cacheIndex?.value.arraySync(), Math.max(...mha.cachedKey!.value.dataSync())]).toEqual([0, 0]);
      const alone = step();
      const hides = tf.tensor([0, 1, 1], [1, 1, 1, 3]);
      expectClose(step(hides), alone);
      hides.dispose();
    });
  });

  it('MHA-024 decodes for long without a tensor more', () => {
    using(make({ decode: true, normalizeQk: true }), (mha) => {
      mha.initCache([1, 40, 4]);
      const before = tf.memory().numTensors;
      for (let i = 0; i < 60; i++) valuesOf(() => mha.call(sequence(1)));
      expect([tf.memory().numTensors, mha.cacheIndex?.value.arraySync()]).toEqual([before, 60]);
    });
  });

  it('MHA-025 a view shares the cache', () => {
    using(make(), (mha) => {
      mha.initCache([1, 3, 4]);
      const decoding = view(mha, { decode: true });
      valuesOf(() => decoding.call(sequence(1)));
      expect([decoding.cacheIndex === mha.cacheIndex, mha.cacheIndex?.value.arraySync()]).toEqual([true, 1]);
    });
  });

  it('MHA-020 MHA-025 initCache empties the cache in place, also for its views, and refuses what is no shape of inputs', () => {
    using(make(), (mha) => {
      mha.initCache([1, 3, 4]);
      const decoding = view(mha, { decode: true });
      const first = valuesOf(() => decoding.call(sequence(1)));
      valuesOf(() => decoding.call(sequence(1)));
      const before = tf.memory().numTensors;
      mha.initCache([1, 5, 4]);
      expect([tf.memory().numTensors, decoding.cachedKey!.shape]).toEqual([before, [1, 5, 2, 2]]);
      expect(valuesOf(() => decoding.call(sequence(1)))).toEqual(first);
      for (const shape of [[], [4], [1, -1, 4], [1.5, 2, 4]])
        expect(() => mha.initCache(shape)).toThrow(/^initCache expects the shape of the inputs, \[batch…, maxLength, features\], got/);
    });
  });

  it('MOD-006 a decode step that lacks the mode of dropout leaves the cache as it was', () => {
    using(make({ decode: true, dropoutRate: 0.5 }), (mha) => {
      mha.initCache([1, 3, 4]);
      expect(() => shapeOf(() => mha.call(sequence(1)))).toThrow(/^No `deterministic` argument/);
      expect(mha.cacheIndex?.value.arraySync()).toBe(0);
    });
  });

  it('MHA-026 sows its weights if told to', () => {
    using(make(), (mha) => {
      const x = tf.tidy(() => sequence());
      const [y, sown] = capture((mha: MultiHeadAttention, x: tf.Tensor) => mha.call(x, { sowWeights: true }), [Intermediate])(mha, x);
      expect(sown.leaf('attentionWeights').value[0]!.shape).toEqual([1, 2, 3, 3]);
      sown.dispose();
      tf.dispose([x, y]);
    });
  });

  it('MOD-010 attributes are changed by setAttributes, train and eval, and views', () => {
    using(make({ dropoutRate: 0.5 }), (mha) => {
      mha.eval();
      expect(mha.deterministic).toBe(true);
      mha.setAttributes({ decode: true });
      expect([mha.decode, view(mha, { decode: false }).decode]).toEqual([true, false]);
    });
  });
});
