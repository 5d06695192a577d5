import { describe, expect, it } from 'vitest';
import { Einsum } from '../../layers/einsum.ts';
import { Embed } from '../../layers/embed.ts';
import { LayerNorm } from '../../layers/layer-norm.ts';
import { LinearGeneral } from '../../layers/linear-general.ts';
import { Linear } from '../../layers/linear.ts';
import { LoRALinear } from '../../layers/lora-linear.ts';
import { LoRA } from '../../layers/lora.ts';
import { PReLU } from '../../layers/prelu.ts';
import { grad } from '../../nnx/grad.ts';
import { Module } from '../../nnx/module.ts';
import { state } from '../../nnx/split.ts';
import { LoRAParam, Param } from '../../nnx/variable.ts';
import { constant } from '../../random/initializers.ts';
import { tf } from '../../tensor/tf.ts';
import { expectClose, rngs, shapeOf, slopes, using, valuesOf } from './helpers.ts';

const counting = (_key: unknown, shape: readonly number[]) =>
  Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1);

describe('number types', () => {
  it('DTY-001 DTY-003 DTY-006 computes in float32 whatever comes in, and keeps parameters in float32', () => {
    using(new Linear({ inFeatures: 2, outFeatures: 1, kernelInit: counting, paramDtype: 'bfloat16', rngs: rngs() }), (linear) => {
      expect(linear.kernel.dtype).toBe('float32');
      for (const dtype of ['float32', 'int32', 'bool'] as const) {
        const y = tf.tidy(() => linear.call(tf.ones([1, 2], dtype)));
        expect([y.dtype, y.dataSync()[0]]).toEqual(['float32', 3]);
        y.dispose();
      }
    });
    for (const option of ['preferredElementType', 'precision', 'promoteDtype'])
      expect(() => new Linear({ inFeatures: 2, outFeatures: 1, [option]: null, rngs: rngs() })).toThrow(`Remove ${option}.`);
  });

  it('DTY-002 refuses a dtype that is no float', () => {
    expect(() => new Linear({ inFeatures: 2, outFeatures: 1, dtype: 'int32' as 'float32', rngs: rngs() })).toThrow(
      'Linear expects dtype to be one of float32, float16, bfloat16 but got "int32".',
    );
  });

  it('DTY-004 Embed gives the numbers of its table', () => {
    using(new Embed({ numEmbeddings: 3, features: 2, embeddingInit: counting, rngs: rngs() }), (embed) => {
      expect(valuesOf(() => embed.call([2]))).toEqual([[5, 6]]);
    });
  });

  it('DTY-005 statistics of a norm are float32', () => {
    using(new LayerNorm({ numFeatures: 2, rngs: rngs() }), (norm) => {
      const y = tf.tidy(() => norm.call(tf.tensor2d([[1, 3]], [1, 2], 'int32')));
      expect(y.dtype).toBe('float32');
      expectClose(y.arraySync(), [[-1, 1]], 4);
      y.dispose();
    });
  });
});

describe('Linear', () => {
  const make = (options = {}) => new Linear({ inFeatures: 2, outFeatures: 3, kernelInit: counting, rngs: rngs(), ...options });

  it('LIN-001 contracts the last axis with the kernel and adds the bias, over any leading axes', () => {
    using(make({ biasInit: constant(10) }), (linear) => {
      expect([linear.kernel.shape, linear.bias?.shape]).toEqual([[2, 3], [3]]);
      expect(valuesOf(() => linear.call([[1, 2]]))).toEqual([[19, 22, 25]]);
      expect(valuesOf(() => linear.call([1, 2]))).toEqual([19, 22, 25]);
      expect(shapeOf(() => linear.call(tf.ones([4, 5, 2])))).toEqual([4, 5, 3]);
    });
    using(make({ useBias: false }), (linear) => expect(linear.bias).toBe(null));
  });

  it('LIN-001 draws a key for the kernel and one for the bias', () => {
    const streams = rngs();
    using(new Linear({ inFeatures: 2, outFeatures: 3, rngs: streams }), () => expect(streams.default.count.value).toBe(2));
  });

  it('LIN-010 refuses another last axis and says what to do', () => {
    using(make(), (linear) => expect(() => linear.call([[1, 2, 3]])).toThrow(/last axis of 2.*\(1, 3\).*inFeatures 3/));
  });

  it('LIN-011 takes nested arrays and typed arrays', () => {
    using(make(), (linear) => {
      for (const x of [[[1, 2]], [Float32Array.of(1, 2)]]) expect(valuesOf(() => linear.call(x))).toEqual([[9, 12, 15]]);
    });
  });

  it('LIN-012 has its options as attributes', () => {
    using(make(), (linear) =>
      expect([linear.inFeatures, linear.outFeatures, linear.useBias, linear.dtype, linear.paramDtype]).toEqual([
        2,
        3,
        true,
        null,
        'float32',
      ]),
    );
  });
});

describe('LinearGeneral', () => {
  it('LIN-002 contracts several axes, with batch axes in front', () => {
    using(new LinearGeneral({ inFeatures: [2, 3], outFeatures: [4, 5], axis: [1, 2], rngs: rngs() }), (layer) => {
      expect([layer.kernel.shape, layer.bias?.shape]).toEqual([
        [2, 3, 4, 5],
        [4, 5],
      ]);
      expect(shapeOf(() => layer.call(tf.ones([7, 2, 3])))).toEqual([7, 4, 5]);
    });
    using(new LinearGeneral({ inFeatures: 3, outFeatures: 4, batchAxis: { 0: 2 }, kernelInit: counting, rngs: rngs() }), (layer) => {
      expect([layer.kernel.shape, layer.bias?.shape]).toEqual([
        [2, 3, 4],
        [2, 4],
      ]);
      const y = valuesOf(() => layer.call(tf.ones([2, 1, 3]))) as number[][][];
      expect([y[0]![0]![0], y[1]![0]![0]]).toEqual([1 + 5 + 9, 13 + 17 + 21]);
    });
  });

  it('LIN-020 refuses lengths that differ from the axes', () => {
    expect(() => new LinearGeneral({ inFeatures: [2, 3], outFeatures: 4, axis: -1, rngs: rngs() })).toThrow(
      /^inFeatures and axis must have the same length\./,
    );
  });

  it('LIN-021 refuses batch axes that are not the first', () => {
    expect(() => new LinearGeneral({ inFeatures: 2, outFeatures: 4, batchAxis: { 1: 3 }, rngs: rngs() })).toThrow(
      /^batch_dims \(1,\) must be consecutive leading dimensions starting from 0\./,
    );
  });

  it('LIN-022 sorts the axes: the lengths belong to them in ascending order', () => {
    using(new LinearGeneral({ inFeatures: [2, 3], outFeatures: 4, axis: [-1, -2], kernelInit: counting, rngs: rngs() }), (layer) => {
      expect(shapeOf(() => layer.call(tf.ones([5, 2, 3])))).toEqual([5, 4]);
      // The entry in row 1, column 0 meets the fourth row of the kernel.
      const x = [
        [
          [0, 0, 0],
          [1, 0, 0],
        ],
      ];
      expect(valuesOf(() => layer.call(x))).toEqual([[13, 14, 15, 16]]);
    });
  });
});

describe('Einsum', () => {
  const make = (einsumStr: string, kernelShape: number[], biasShape: number[] | null = null) =>
    new Einsum({ einsumStr, kernelShape, biasShape, kernelInit: counting, biasInit: constant(10), rngs: rngs() });

  it('LIN-003 contracts by an equation and adds a bias along the axes of the kernel', () => {
    using(make('nta,hab->nthb', [2, 3, 4], [2, 4]), (layer) => {
      expect([layer.kernel.shape, layer.bias?.shape]).toEqual([
        [2, 3, 4],
        [2, 4],
      ]);
      expect(shapeOf(() => layer.call(tf.ones([5, 6, 3])))).toEqual([5, 6, 2, 4]);
      const y = valuesOf(() => layer.call(tf.ones([1, 1, 3]))) as number[][][][];
      expect(y[0]![0]![0]![0]).toBe(1 + 5 + 9 + 10);
    });
  });

  it('LIN-030 LIN-031 LIN-033 refuses equations without an arrow or without exactly two operands', () => {
    expect(() => make('ab,bc', [2, 3])).toThrow(/^`einsum_str` equation must be explicit and include "->"/);
    for (const equation of ['ab->b', 'ab,bc,cd->ad']) expect(() => make(equation, [2, 3])).toThrow(/must have exactly two operands/);
    expect(() => make(null as unknown as string, [2, 3])).toThrow('Einsum expects einsumStr to be a text but got null.');
  });

  it('LIN-032 LIN-033 ignores spaces, and an equation of the call takes the place of the stored one', () => {
    using(make('a b , b c -> a c', [2, 2]), (layer) => {
      expect(valuesOf(() => layer.call([[1, 0]]))).toEqual([[1, 2]]);
      expect(valuesOf(() => layer.call([[1, 0]], 'ab,cb->ac'))).toEqual([[1, 3]]);
    });
  });

  it('LIN-034 takes an ellipsis, bias included', () => {
    using(make('...a,ab->...b', [2, 3], [3]), (layer) => {
      expect(shapeOf(() => layer.call(tf.ones([4, 5, 2])))).toEqual([4, 5, 3]);
      expect(valuesOf(() => layer.call([[1, 1]]))).toEqual([[15, 17, 19]]);
    });
  });
});

describe('Embed', () => {
  const make = (numEmbeddings = 3) => new Embed({ numEmbeddings, features: 2, embeddingInit: counting, rngs: rngs() });

  it('LIN-004 looks up rows', () => {
    using(make(), (embed) => {
      expect(embed.embedding.shape).toEqual([3, 2]);
      expect(valuesOf(() => embed.call([[0, 2]]))).toEqual([
        [
          [1, 2],
          [5, 6],
        ],
      ]);
    });
  });

  it('LIN-040 refuses ids that are no integers', () => {
    using(make(), (embed) => {
      for (const dtype of ['float32', 'bool'] as const)
        expect(() => tf.tidy(() => embed.call(tf.zeros([1], dtype)))).toThrow(/^Input type must be an integer or unsigned integer/);
    });
  });

  it('LIN-041 LIN-042 TFJ-008 counts negative ids from the end, and gives NaN for ids that do not exist', () => {
    using(make(), (embed) => {
      expect(valuesOf(() => embed.call([-1, -3]))).toEqual([
        [5, 6],
        [1, 2],
      ]);
      expect(valuesOf(() => embed.call([3, -4]))).toEqual([
        [NaN, NaN],
        [NaN, NaN],
      ]);
    });
  });

  it('LIN-043 with one row, every id gives it', () => {
    using(make(1), (embed) =>
      expect(valuesOf(() => embed.call([0, 7]))).toEqual([
        [1, 2],
        [1, 2],
      ]),
    );
  });

  it('LIN-044 has the dtype of its table', () => using(make(), (embed) => expect(embed.dtype).toBe('float32')));

  it('LIN-045 attend gives the products with all rows', () => {
    using(make(), (embed) => expect(valuesOf(() => embed.attend([[1, 1]]))).toEqual([[3, 7, 11]]));
  });

  it('LIN-046 repeated ids add up their gradients', () => {
    using(make(), (embed) => {
      const grads = grad((embed: Embed) => tf.sum(embed.call([1, 1, 2])))(embed);
      expect(grads.leaf('embedding').value.arraySync()).toEqual([
        [0, 0],
        [2, 2],
        [1, 1],
      ]);
      grads.dispose();
    });
  });
});

describe('PReLU', () => {
  it('LIN-005 multiplies negative numbers by a learned slope', () => {
    using(new PReLU({ negativeSlopeInit: 0.25 }), (prelu) => {
      expect(prelu.negativeSlope.shape).toEqual([]);
      expect(valuesOf(() => prelu.call([-4, 0, 2]))).toEqual([-1, 0, 2]);
      expect(slopes((x) => prelu.call(x), [-4, 0, 2])).toEqual([0.25, 1, 1]);
    });
    using(new PReLU(), (prelu) => expectClose(prelu.negativeSlope.value.arraySync(), 0.01));
  });
});

describe('LoRA', () => {
  it('LOR-001 LOR-002 multiplies by two low-rank matrices and adds the base', () => {
    const streams = rngs();
    const base = new Linear({ inFeatures: 2, outFeatures: 2, kernelInit: counting, rngs: streams });
    using(
      new LoRA({
        inFeatures: 2,
        loraRank: 1,
        outFeatures: 2,
        aInitializer: counting,
        bInitializer: counting,
        baseModule: base,
        rngs: streams,
      }),
      (lora) => {
        expect([lora.loraA.shape, lora.loraB.shape, streams.default.count.value]).toEqual([[2, 1], [1, 2], 4]);
        expect(valuesOf(() => lora.call([[1, 1]]))).toEqual([[3 + 4, 6 + 6]]);
      },
    );
    using(new LoRA({ inFeatures: 2, loraRank: 1, outFeatures: 2, rngs: streams }), (lora) =>
      // A GPU may give -0.
      expect(valuesOf(() => tf.abs(lora.call([[1, 1]])))).toEqual([[0, 0]]),
    );
    const bare = new LoRA({ inFeatures: 2, loraRank: 1, outFeatures: 2, rngs: streams });
    bare.baseModule = new Module();
    using(bare, () => expect(() => bare.call([[1, 1]])).toThrow(/^`self\.base_module` must be callable\./));
  });

  it('LOR-003 LoRALinear is a Linear with a child lora; it draws kernel, bias, a and b', () => {
    const streams = rngs();
    using(
      new LoRALinear({
        inFeatures: 2,
        outFeatures: 3,
        loraRank: 1,
        kernelInit: counting,
        aInitializer: counting,
        bInitializer: counting,
        rngs: streams,
      }),
      (layer) => {
        expect([layer instanceof Linear, streams.default.count.value]).toEqual([true, 4]);
        expect(
          state(layer)
            .flat()
            .map(([path]) => path.join('/')),
        ).toEqual(['bias', 'kernel', 'lora/loraA', 'lora/loraB']);
        expect(valuesOf(() => layer.call([[1, 1]]))).toEqual([[5 + 3, 7 + 6, 9 + 9]]);
      },
    );
  });

  it('LOR-004 a LoRAParam is a Param, and filters tell them apart', () => {
    using(new LoRALinear({ inFeatures: 2, outFeatures: 3, loraRank: 1, rngs: rngs() }), (layer) => {
      const grads = grad((layer: LoRALinear) => tf.sum(layer.call([[1, 1]])))(layer);
      expect(grads.flat().length).toBe(4);
      const [low, rest] = state(layer, LoRAParam, Param);
      expect([low.flat().length, rest.flat().length]).toEqual([2, 2]);
      grads.dispose();
    });
    expect(new LoRAParam(1)).toBeInstanceOf(Param);
  });
});
