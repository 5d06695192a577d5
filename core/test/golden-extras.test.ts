/** @file Extras of the golden plan: what `new Rngs(0)` draws for layers, the masks of Dropout, and half precision run as float32. */
import { describe, expect, it } from 'vitest';
import { loadFixtures, type Recorded } from '../fixtures/load.ts';
import { formula } from '../fixtures/formula.ts';
import { BatchNorm } from '../layers/batch-norm.ts';
import { Conv } from '../layers/conv.ts';
import { Dropout } from '../layers/dropout.ts';
import { Embed } from '../layers/embed.ts';
import { LayerNorm } from '../layers/layer-norm.ts';
import { Linear } from '../layers/linear.ts';
import { LoRA } from '../layers/lora.ts';
import { OptimizedLSTMCell } from '../layers/optimized-lstm-cell.ts';
import { dispose } from '../nnx/dispose.ts';
import type { Module } from '../nnx/module.ts';
import { Rngs } from '../nnx/rngs.ts';
import { tf } from '../tensor/tf.ts';
import { setAuto, variablesOf } from './golden/build.ts';
import { expectRecorded, expectRecordedState } from './golden/compare.ts';
import { stateOf } from './golden/run.ts';

const extras = await loadFixtures('extras');
const rngs = () => new Rngs(0);

describe('X03: layers made with new Rngs(0) start as Flax starts them', () => {
  const makers: Readonly<Record<string, () => Module>> = {
    'Linear(3,2)': () => new Linear({ inFeatures: 3, outFeatures: 2, rngs: rngs() }),
    'Embed(3,2)': () => new Embed({ numEmbeddings: 3, features: 2, rngs: rngs() }),
    'Conv(1,2,3)': () => new Conv({ inFeatures: 1, outFeatures: 2, kernelSize: 3, rngs: rngs() }),
    'LoRA(2,2,2)': () => new LoRA({ inFeatures: 2, loraRank: 2, outFeatures: 2, rngs: rngs() }),
    'OptimizedLSTMCell(2,2)': () => new OptimizedLSTMCell({ inFeatures: 2, hiddenFeatures: 2, rngs: rngs() }),
  };
  const states = extras['X03']!['flat_states'] as Readonly<Record<string, Recorded>>;

  it('covers what was recorded', () => {
    expect(Object.keys(makers).sort()).toEqual(Object.keys(states).sort());
  });

  it.each(Object.entries(makers))('%s', (name, make) => {
    const before = tf.memory().numTensors;
    const module = make();
    // Orthogonal matrices come from a QR decomposition, which rounds more.
    const within = name.startsWith('OptimizedLSTMCell') ? { rtol: 1e-5, atol: 1e-6 } : { rtol: 1e-6, atol: 1e-7 };
    expectRecordedState(variablesOf(module), stateOf(states[name]), within, name);
    dispose(module);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('X04: Dropout drops what Flax drops, call after call', () => {
  const recorded = extras['X04']!;
  const exact = { rtol: 0, atol: 0 };
  tf.tidy(() => {
    const dropout = new Dropout({ rate: 0.5, rngs: new Rngs({ dropout: 0 }) });
    const ones = tf.ones([12]);
    expectRecorded(dropout.call(ones), recorded['call1'], exact, 'call1');
    expectRecorded(dropout.call(ones), recorded['call2'], exact, 'call2');
    const shared = new Dropout({ rate: 0.5, broadcastDims: [0], rngs: new Rngs({ dropout: 0 }) });
    expectRecorded(shared.call(tf.ones([2, 6])), recorded['broadcast'], exact, 'broadcast');
  });
});

describe('X06: half precision is accepted and run as float32', () => {
  const makers: Readonly<Record<string, () => Module & { call(x: tf.Tensor): tf.Tensor }>> = {
    Linear: () => new Linear({ inFeatures: 4, outFeatures: 3, dtype: 'float16', rngs: rngs() }),
    BatchNorm: () => new BatchNorm({ numFeatures: 4, dtype: 'float16', rngs: rngs() }),
    LayerNorm: () => new LayerNorm({ numFeatures: 4, dtype: 'float16', rngs: rngs() }),
  };
  it.each(Object.entries(makers))('%s', (name, make) => {
    const before = tf.memory().numTensors;
    const { out } = extras['X06']![name] as unknown as { out: Recorded };
    const module = make();
    setAuto(module);
    tf.tidy(() => {
      const y = module.call(tf.tensor(formula([2, 4], [5, 2, 9, 4, 8]), [2, 4]));
      expect(y.dtype).toBe('float32');
      // Flax rounds to 11 bits on the way; here nothing is rounded.
      expectRecorded(y, out, { rtol: 2e-3, atol: 2e-3 }, 'out');
    });
    dispose(module);
    expect(tf.memory().numTensors).toBe(before);
  });
});
