/** @file What layers refuse: where Flax raises, they throw the same kind of error with the same words, in our spelling, and say what to do. */
import { afterEach, describe, expect, it } from 'vitest';
import { loadFixtures } from '../fixtures/load.ts';
import { dispose } from '../nnx/dispose.ts';
import { Dict } from '../nnx/dict.ts';
import type { Module } from '../nnx/module.ts';
import { Rngs } from '../nnx/rngs.ts';
import { combineMasks } from '../ops/combine-masks.ts';
import { dotProductAttention } from '../ops/dot-product-attention.ts';
import { tf } from '../tensor/tf.ts';
import { BatchNorm } from './batch-norm.ts';
import { Conv } from './conv.ts';
import { Dropout } from './dropout.ts';
import { Einsum } from './einsum.ts';
import { Embed } from './embed.ts';
import { GroupNorm } from './group-norm.ts';
import { GRUCell } from './gru-cell.ts';
import { InstanceNorm } from './instance-norm.ts';
import { LinearGeneral } from './linear-general.ts';
import { Linear } from './linear.ts';
import { LoRA } from './lora.ts';
import { MultiHeadAttention } from './multi-head-attention.ts';
import { RNN } from './rnn.ts';
import { SpectralNorm } from './spectral-norm.ts';

const errors = await loadFixtures('errors');
const rngs = new Rngs(0);
const made: Module[] = [];
afterEach(() => dispose(made.splice(0)));

/** A Module that is freed after the test. */
function own<M extends Module>(module: M): M {
  made.push(module);
  return module;
}

const x = (...shape: number[]): tf.Tensor => tf.ones(shape);
const conv = (options: object) => own(new Conv({ inFeatures: 1, outFeatures: 2, kernelSize: 3, rngs, ...options }));
const attention = (options: object = {}) => own(new MultiHeadAttention({ numHeads: 2, inFeatures: 4, rngs, ...options }));

function decoding(length: number): unknown {
  const module = attention({ decode: true });
  module.initCache([2, 3, 4]);
  return module.call(x(2, length, 4));
}

/** By the names of the recordings: what is done, and the words that both say; `{}` stands for what is spelled differently. */
const CASES: Readonly<Record<string, readonly [words: string, act: () => unknown]>> = {
  'unset deterministic': [
    'No `deterministic` argument was provided to Dropout.',
    () => new Dropout({ rate: 0.5, deterministic: null }).call(x(2)),
  ],
  'unset use_running_average': [
    'argument was provided to BatchNorm.',
    () => own(new BatchNorm({ numFeatures: 2, useRunningAverage: null, rngs })).call(x(3, 2)),
  ],
  'unset decode': ['No `decode` argument was provided to MultiHeadAttention', () => attention().call(x(1, 3, 4))],
  'MOD-002 dropout without rngs': [
    '`deterministic` is False, but no `rngs` argument was provided to Dropout',
    () => new Dropout({ rate: 0.5 }).call(x(2)),
  ],
  'MOD-006 attention dropout undecided': [
    'No `deterministic` argument was provided to MultiHeadAttention',
    () => attention({ decode: false, dropoutRate: 0.5 }).call(x(1, 3, 4)),
  ],
  'MHA-014 attention dropout without rngs': [
    "'rngs' must be provided to __call__ method if MultiHeadAttention instance is defined with keep_rngs=False.",
    () => attention({ decode: false, dropoutRate: 0.5, deterministic: false, keepRngs: false }).call(x(1, 3, 4)),
  ],
  'LIN-020 in_features and axis': [
    'and axis must have the same length. Got (2, 3) and (-1',
    () => new LinearGeneral({ inFeatures: [2, 3], outFeatures: 4, axis: -1, rngs }),
  ],
  'LIN-021 batch axes': [
    'batch_dims (1,) must be consecutive leading dimensions starting from 0.',
    () => new LinearGeneral({ inFeatures: 2, outFeatures: 3, batchAxis: { 1: 2 }, rngs }),
  ],
  'LIN-030 no arrow': ['equation must be explicit and include "->"', () => new Einsum({ einsumStr: 'ab,bc', kernelShape: [2, 3], rngs })],
  'LIN-031 three operands': [
    'equation must have exactly two operands and therefore, exactly one comma character, instead of 2',
    () => new Einsum({ einsumStr: 'ab,bc,cd->ad', kernelShape: [2, 3], rngs }),
  ],
  'LIN-040 float ids': [
    'Input type must be an integer or unsigned integer',
    () => own(new Embed({ numEmbeddings: 4, features: 3, rngs })).call(x(2)),
  ],
  'CNV-017 causal in 2D': [
    'Causal padding is only implemented for 1D convolutions.',
    () => conv({ kernelSize: [3, 3], padding: 'CAUSAL' }).call(x(1, 4, 4, 1)),
  ],
  'CNV-018 padding of the wrong length': [
    'Invalid padding format: ',
    () => conv({ kernelSize: [3, 3], padding: [[1, 1]] }).call(x(1, 4, 4, 1)),
  ],
  'CNV-020 input dilation with text padding': [
    'String padding is not implemented for transposed convolution',
    () => conv({ inputDilation: 2 }).call(x(1, 4, 1)),
  ],
  'CNV-022 mask of another shape': [
    'Mask needs to have the same shape as weights. Shapes are: (3, 1, 1), (3, 1, 2)',
    () => conv({ mask: tf.ones([3, 1, 1]) }).call(x(1, 4, 1)),
  ],
  'NRM-020 groups and group size': ['should be specified. If ', () => new GroupNorm({ numFeatures: 4, numGroups: 2, groupSize: 2, rngs })],
  'NRM-021 groups do not divide': [
    'Number of groups (32) does not divide the number of channels (4).',
    () => new GroupNorm({ numFeatures: 4, rngs }),
  ],
  'NRM-022 group size does not divide': [
    'Number of features (6) is not multiple of the group size (4).',
    () => new GroupNorm({ numFeatures: 6, numGroups: null, groupSize: 4, rngs }),
  ],
  'NRM-024 instance norm of the batch axis': [
    'The channel axes cannot include the leading dimension as this is assumed to be the batch axis.',
    () => own(new InstanceNorm({ numFeatures: 2, featureAxes: 0, rngs })).call(x(2, 3, 2)),
  ],
  'NRM-037 non-matrix': [
    'Layer instance parameter is 3D but error_on_non_matrix is True',
    () => new SpectralNorm({ layerInstance: conv({}), errorOnNonMatrix: true, rngs }),
  ],
  'DRP-004 rngs of another kind': ['rngs must be a Rngs, RngStream or None, but got ', () => new Dropout({ rate: 0.5, rngs: 3 as never })],
  'DRP-011 rngs of another kind in the call': [
    'rngs must be a Rngs, RngStream or ',
    () => new Dropout({ rate: 0.5 }).call(x(2), { rngs: 'dropout' as never }),
  ],
  'ATN-011 ranks': ['masks must have same rank, but got (3, 2).', () => combineMasks(x(1, 2, 2), x(2, 2))],
  'MHA-005 kv heads': ['must be divisible by ', () => attention({ numHeads: 4, numKvHeads: 3 })],
  'MHA-005 head dimension': ['Memory dimension (4) must be divisible by ', () => attention({ numHeads: 3 })],
  'MHA-010 value without key': [
    '`inputs_k` cannot be None if `inputs_v` is not None.',
    () => attention({ decode: false }).call(x(1, 3, 4), null, x(1, 3, 4)),
  ],
  'MHA-011 input size': ['Incompatible input dimension, got 5 but module expects 4.', () => attention({ decode: false }).call(x(1, 3, 5))],
  'MHA-021 no cache': [
    'Autoregressive cache not initialized, call ``init_cache`` first',
    () => attention({ decode: true }).call(x(1, 1, 4)),
  ],
  'MHA-022 two steps at once': [
    'Autoregressive cache shape error, expected key shape (2, 1, 2, 2) instead got (2, 2, 2, 2).',
    () => decoding(2),
  ],
  'RNN-010 no rngs': [
    'RNGs must be provided to initialize the cell carry.',
    () => own(new GRUCell({ inFeatures: 2, hiddenFeatures: 3, rngs })).initializeCarry([2, 2]),
  ],
  'RNN-020 rngs of another kind': [
    'Expected rngs to be a ',
    () => new RNN({ cell: own(new GRUCell({ inFeatures: 2, hiddenFeatures: 3, rngs })), rngs: 'carry' as never }),
  ],
  'LOR-002 base not callable': [
    '`self.base_module` must be callable.',
    () => own(new LoRA({ inFeatures: 2, loraRank: 1, outFeatures: 2, baseModule: new Dict({}), rngs })).call(x(2, 2)),
  ],
};

function thrown(act: () => unknown): Error {
  let error: unknown;
  tf.tidy(() => {
    try {
      act();
    } catch (caught) {
      error = caught;
    }
  });
  if (!(error instanceof Error)) throw new TypeError('Nothing was thrown.');
  return error;
}

describe.each(Object.entries(CASES))('%s', (name, [words, act]) => {
  it('throws what Flax raises', () => {
    const { type, message } = errors[name] as unknown as { type: string; message: string };
    expect(message).toContain(words);
    const error = thrown(act);
    expect(error.message).toContain(words);
    expect(error.name).toBe(type);
  });
});

/** Refused with other words than Flax's, whose own come from deep inside JAX: with the layer, what came, and what to do. */
const CLEARER: Readonly<Record<string, readonly [message: string, act: () => unknown]>> = {
  'LIN-010 wrong last axis': [
    'Linear expects an input with a last axis of 2 but got (2, 5). Make the layer with inFeatures 5, or give it an input that fits.',
    () => own(new Linear({ inFeatures: 2, outFeatures: 3, rngs })).call(x(2, 5)),
  ],
  'CNV-019 unknown padding': [
    'Conv expects padding to be SAME, VALID, SAME_LOWER, CIRCULAR, REFLECT, CAUSAL, a number, or one number or pair per axis but got "NEAR".',
    () => conv({ padding: 'NEAR' }),
  ],
  'ATN-004 heads': [
    'Query heads (3) must be multiple of Key heads (2) for Grouped Query Attention.',
    () => dotProductAttention(x(1, 2, 3, 2), x(1, 2, 2, 2), x(1, 2, 2, 2)),
  ],
  'ATN-005 depths': ['q, k depths must match, but got 3 and 2.', () => dotProductAttention(x(1, 2, 2, 3), x(1, 2, 2, 2), x(1, 2, 2, 2))],
  'DTY-002 integer dtype': [
    'Linear expects dtype to be one of float32, float16, bfloat16 but got "int32".',
    () => new Linear({ inFeatures: 2, outFeatures: 3, dtype: 'int32', rngs }),
  ],
};

describe.each(Object.entries(CLEARER))('%s', (name, [message, act]) => {
  it('throws as Flax does, and says more', () => {
    expect(errors[name]).toBeDefined();
    expect(thrown(act).message).toContain(message);
  });
});

it('names an option that was meant, and the layer', () => {
  expect(thrown(() => new Linear({ in_features: 2, outFeatures: 3, rngs } as never)).message).toContain(
    'Linear expects a value for inFeatures',
  );
  const other = thrown(() => new Linear({ inFeatures: 2, outFeatures: 3, use_bias: false, rngs } as never));
  expect(other.message).toMatch(/^Linear expects parameters among .* but got use_bias\. Write useBias instead of use_bias\.$/);
});

it('a layer that draws says that it takes rngs', () => {
  expect(() => new Linear({ inFeatures: 2, outFeatures: 3 } as never)).toThrow(
    'Expected rngs to draw first values from, got undefined. Pass { rngs: new Rngs(0) }.',
  );
});
