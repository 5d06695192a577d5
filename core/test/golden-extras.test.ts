/** @file Extras of the golden plan: keys and draws, what `new Rngs(0)` draws for layers, masks of Dropout, half precision run as float32; and initializers. */
import { describe, expect, it } from 'vitest';
import { isRecordedTensor, loadFixtures, recordedNumbers, type Recorded } from '../fixtures/load.ts';
import { setAuto } from '../fixtures/apply-weights.ts';
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
import { toCamelCase } from '../nnx/names.ts';
import { Rngs } from '../nnx/rngs.ts';
import { bernoulli } from '../random/bernoulli.ts';
import { toInitializer } from '../spec/initializers.ts';
import { type Key, key, split as splitKey } from '../random/key.ts';
import { normal } from '../random/normal.ts';
import { truncatedNormal } from '../random/truncated-normal.ts';
import { uniform } from '../random/uniform.ts';
import { tf } from '../tensor/tf.ts';
import { variablesOf } from './golden/build.ts';
import { CLOSE, EXACT, expectClose, expectRecorded, expectRecordedState, HALF, RANDOM } from './golden/compare.ts';
import { recordedOf, stateOf } from './golden/run.ts';

const [extras, initialized] = await Promise.all([loadFixtures('extras'), loadFixtures('initializers')]);
const recordedExtra = (id: string) => recordedOf({ id }, extras);
const rngs = () => new Rngs(0);

/** uint32 numbers against their recording, in order. */
function expectWords(actual: readonly number[], recorded: Recorded | undefined, place: string): void {
  if (!isRecordedTensor(recorded)) throw new TypeError(`${place} was not recorded as a tensor.`);
  expectClose(actual, recordedNumbers(recorded), EXACT, place);
}

it('X01: keys, forks and splits are JAX’s, word for word', () => {
  const { keys, fork, split3 } = recordedExtra('X01');
  const streams = rngs();
  for (const [i, recorded] of (keys as readonly Recorded[]).entries()) expectWords(streams.default().data, recorded, `key ${i}`);
  expectWords((streams.fork().default.key.value as Key).data, fork, 'fork');
  expectWords(
    splitKey(key(0), 3).flatMap(({ data }) => data),
    split3,
    'split',
  );
});

it('X02: draws from the key 42 are JAX’s: uniform numbers and booleans exactly', () => {
  const recorded = recordedExtra('X02');
  const from = key(42);
  tf.tidy(() => {
    expectRecorded(tf.tensor(uniform(from, [6])), recorded['uniform'], EXACT, 'uniform');
    expectRecorded(tf.tensor(bernoulli(from, 0.3, [6]), [6], 'bool'), recorded['bernoulli_p30'], EXACT, 'bernoulli');
    expectRecorded(tf.tensor(normal(from, [6])), recorded['normal'], RANDOM, 'normal');
    expectRecorded(tf.tensor(truncatedNormal(from, -2, 2, [6])), recorded['truncated_normal'], RANDOM, 'truncated normal');
  });
});

describe('initializers drawn with key(0) give Flax’s numbers', () => {
  it.each(Object.keys(initialized))('%s', (id) => {
    const { initializer, kw, shape, seed, value } = recordedOf({ id }, initialized);
    // Here zeros and ones are initializers themselves, not makers of them.
    const name = toCamelCase(String(initializer).replace(/_init$/, ''));
    const options = Object.entries(kw as Readonly<Record<string, never>>).map(([option, given]) => [toCamelCase(option), given]);
    const numbers = toInitializer({ name, ...Object.fromEntries(options) })(key(seed as number), shape as number[]);
    // Orthogonal matrices come from a QR decomposition, which JAX rounds more.
    const within = name.toLowerCase().includes('orthogonal') ? CLOSE : RANDOM;
    tf.tidy(() => expectRecorded(tf.tensor(numbers, shape as number[]), value, within, id));
  });
});

describe('X03: layers made with new Rngs(0) start as Flax starts them', () => {
  const makers: Readonly<Record<string, () => Module>> = {
    'Linear(3,2)': () => new Linear({ inFeatures: 3, outFeatures: 2, rngs: rngs() }),
    'Embed(3,2)': () => new Embed({ numEmbeddings: 3, features: 2, rngs: rngs() }),
    'Conv(1,2,3)': () => new Conv({ inFeatures: 1, outFeatures: 2, kernelSize: 3, rngs: rngs() }),
    'LoRA(2,2,2)': () => new LoRA({ inFeatures: 2, loraRank: 2, outFeatures: 2, rngs: rngs() }),
    'OptimizedLSTMCell(2,2)': () => new OptimizedLSTMCell({ inFeatures: 2, hiddenFeatures: 2, rngs: rngs() }),
  };
  const states = recordedExtra('X03')['flat_states'] as Readonly<Record<string, Recorded>>;

  it('covers what was recorded', () => {
    expect(Object.keys(makers).sort()).toEqual(Object.keys(states).sort());
  });

  it.each(Object.entries(makers))('%s', (name, make) => {
    const before = tf.memory().numTensors;
    const module = make();
    // Orthogonal matrices come from a QR decomposition, which rounds more.
    const within = name.startsWith('OptimizedLSTMCell') ? CLOSE : RANDOM;
    expectRecordedState(variablesOf(module), stateOf(states[name]), within, name);
    dispose(module);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('X04: Dropout drops what Flax drops, call after call', () => {
  const recorded = recordedExtra('X04');
  tf.tidy(() => {
    const dropout = new Dropout({ rate: 0.5, rngs: new Rngs({ dropout: 0 }) });
    const ones = tf.ones([12]);
    expectRecorded(dropout.call(ones), recorded['call1'], EXACT, 'call1');
    expectRecorded(dropout.call(ones), recorded['call2'], EXACT, 'call2');
    const shared = new Dropout({ rate: 0.5, broadcastDims: [0], rngs: new Rngs({ dropout: 0 }) });
    expectRecorded(shared.call(tf.ones([2, 6])), recorded['broadcast'], EXACT, 'broadcast');
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
    const { out, state } = recordedExtra('X06')[name] as Readonly<Record<string, Recorded>>;
    const module = make();
    setAuto(module);
    tf.tidy(() => {
      const y = module.call(tf.tensor(formula([2, 4], [5, 2, 9, 4, 8]), [2, 4]));
      expect(y.dtype).toBe('float32');
      expectRecorded(y, out, HALF, 'out');
      expectRecordedState(variablesOf(module), stateOf(state), HALF, 'state');
    });
    dispose(module);
    expect(tf.memory().numTensors).toBe(before);
  });
});
