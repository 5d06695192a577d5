/** @file What a layer leaves of the streams of random numbers: all that is built behind it hangs on that (X4). */
import { describe, expect, it } from 'vitest';
import recorded from '../fixtures/recorded/streams.json';
import {
  BatchNorm,
  Bidirectional,
  Conv,
  ConvTranspose,
  dispose,
  Dropout,
  Einsum,
  Embed,
  GroupNorm,
  GRUCell,
  InstanceNorm,
  LayerNorm,
  Linear,
  LinearGeneral,
  LoRA,
  LoRALinear,
  LSTMCell,
  MultiHeadAttention,
  NormalNoise,
  OptimizedLSTMCell,
  RMSNorm,
  RNN,
  SimpleCell,
  SpectralNorm,
  WeightNorm,
  Rngs,
  type Module,
} from '../index.ts';
import { registry } from '../registry.gen.ts';

const cell = { inFeatures: 2, hiddenFeatures: 3 };
const LAYERS: Readonly<Record<keyof typeof recorded, (rngs: Rngs) => Module>> = {
  BatchNorm: (rngs) => new BatchNorm({ numFeatures: 2, rngs }),
  Bidirectional: (rngs) => {
    const forwardRnn = new RNN({ cell: new GRUCell({ ...cell, rngs }) });
    return new Bidirectional({ forwardRnn, backwardRnn: new RNN({ cell: new GRUCell({ ...cell, rngs }) }), rngs });
  },
  ConvTranspose: (rngs) => new ConvTranspose({ inFeatures: 2, outFeatures: 3, kernelSize: [2], rngs }),
  Conv: (rngs) => new Conv({ inFeatures: 2, outFeatures: 3, kernelSize: [2], rngs }),
  Dropout: (rngs) => new Dropout({ rate: 0.5, rngs }),
  Einsum: (rngs) => new Einsum({ einsumStr: '...i,ij->...j', kernelShape: [2, 3], biasShape: [3], rngs }),
  Embed: (rngs) => new Embed({ numEmbeddings: 4, features: 2, rngs }),
  GroupNorm: (rngs) => new GroupNorm({ numFeatures: 4, numGroups: 2, rngs }),
  GRUCell: (rngs) => new GRUCell({ ...cell, rngs }),
  InstanceNorm: (rngs) => new InstanceNorm({ numFeatures: 2, rngs }),
  LayerNorm: (rngs) => new LayerNorm({ numFeatures: 2, rngs }),
  LinearGeneral: (rngs) => new LinearGeneral({ inFeatures: 2, outFeatures: [2, 3], rngs }),
  Linear: (rngs) => new Linear({ inFeatures: 2, outFeatures: 3, rngs }),
  LinearWithoutBias: (rngs) => new Linear({ inFeatures: 2, outFeatures: 3, useBias: false, rngs }),
  LoRALinear: (rngs) => new LoRALinear({ inFeatures: 2, outFeatures: 3, loraRank: 1, rngs }),
  LoRA: (rngs) => new LoRA({ inFeatures: 2, loraRank: 1, outFeatures: 3, rngs }),
  LSTMCell: (rngs) => new LSTMCell({ ...cell, rngs }),
  MultiHeadAttention: (rngs) => new MultiHeadAttention({ numHeads: 2, inFeatures: 4, dropoutRate: 0.1, decode: false, rngs }),
  NormalNoise: (rngs) => new NormalNoise({ rngs }),
  OptimizedLSTMCell: (rngs) => new OptimizedLSTMCell({ ...cell, rngs }),
  RMSNorm: (rngs) => new RMSNorm({ numFeatures: 2, rngs }),
  RNN: (rngs) => new RNN({ cell: new SimpleCell({ ...cell, rngs }), rngs }),
  SimpleCell: (rngs) => new SimpleCell({ ...cell, rngs }),
  SpectralNorm: (rngs) => new SpectralNorm({ layerInstance: new Linear({ inFeatures: 2, outFeatures: 3, rngs }), rngs }),
  WeightNorm: (rngs) => new WeightNorm({ layerInstance: new Linear({ inFeatures: 2, outFeatures: 3, rngs }), rngs }),
};

describe('behind a layer', () => {
  it('stands a recording, for every layer that draws', () => {
    const drawing = Object.values(registry).flatMap((each) => (each.kind === 'layer' && each.usesRngs ? [each.type] : []));
    expect(drawing.filter((type) => !Object.hasOwn(recorded, type))).toEqual([]);
  });

  it.each(Object.entries(LAYERS))('%s the next draws what it draws in Flax', (name, make) => {
    const rngs = new Rngs(7);
    const layer = make(rngs);
    const next = new Linear({ inFeatures: 2, outFeatures: 2, rngs });
    const { data } = recorded[name as keyof typeof recorded].next;
    for (const [i, value] of next.kernel.value.dataSync().entries()) expect(value).toBeCloseTo(data[i]!, 6);
    dispose([layer, next]);
  });
});
