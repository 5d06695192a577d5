/** @file The example documents against the same models run by real Flax: values, sows, gradients, statistics. */
import { describe, expect, it } from 'vitest';
import digitsCsv from '../../assets/data/digits.csv?raw';
import { setMode } from '../document/edits/settings.ts';
import { setAuto } from '../fixtures/apply-weights.ts';
import { weighted } from '../fixtures/formula.ts';
import {
  isRecordedState,
  isRecordedTensor,
  loadFixtures,
  recordedTensor,
  type Fixture,
  type Recorded,
  type RecordedState,
} from '../fixtures/load.ts';
import { capture } from '../nnx/capture.ts';
import { dispose } from '../nnx/dispose.ts';
import { valueAndGrad } from '../nnx/grad.ts';
import { clone, state } from '../nnx/split.ts';
import type { State } from '../nnx/state.ts';
import { BatchStat, Intermediate, Param, Perturbation, type Variable } from '../nnx/variable.ts';
import { crossEntropyLoss } from '../losses/cross-entropy.ts';
import { csvSource } from '../sources/csv.ts';
import { tf } from '../tensor/tf.ts';
import { example } from '../test/examples.ts';
import { variablesOf } from '../test/golden/build.ts';
import { CLOSE, expectRecorded, expectRecordedState, expectStreams, LONG, type FlatVariables } from '../test/golden/compare.ts';
import { recordedOf } from '../test/golden/run.ts';
import { buildModel, type LiveModel } from './build-model.ts';

const models = await loadFixtures('models');
/** Of the first batch of the digits, as the recording takes them. */
const labels = firstLabels();

function firstLabels(): readonly number[] {
  const inputs = [{ name: 'x', shape: null, dtype: 'float32' as const }];
  const context = { inputs, batchSize: 64, seed: 0, readText: () => digitsCsv };
  const batch = csvSource.open({ label: 'label', testRows: 360 }, context).trainBatch(0);
  const numbers = [...batch.labels!.dataSync()];
  tf.dispose([...batch.inputs, batch.labels!]);
  return numbers;
}

function recordedState(fixture: Fixture, name: string): RecordedState {
  const value = fixture[name];
  if (!isRecordedState(value)) throw new TypeError(`${name} is not a recorded State`);
  // The recorded classifier calls its BatchNorm `bn`.
  return value.map((entry) => ({ ...entry, path: entry.path.map((part) => (part === 'bn' ? 'batch_norm' : part)) }));
}

function inputOf(fixture: Fixture): tf.Tensor {
  const x = fixture['x'] as Recorded;
  if (!isRecordedTensor(x)) throw new TypeError('x is not a recorded tensor');
  return recordedTensor(x);
}

const flat = (given: unknown): FlatVariables => (given as State<Variable<unknown>>).flat() as FlatVariables;

describe.each([
  ['model', 'Model'],
  ['block', 'Block'],
  ['digits', 'Digits'],
])('the example %s', (file, name) => {
  it.each([
    ['the weights of the same seed', 'rngs0', 'train'],
    ['the weights of the same seed', 'rngs0', 'eval'],
    ['weights by formula', 'auto', 'train'],
    ['weights by formula', 'auto', 'eval'],
  ] as const)('gives with %s (%s) in %s mode what Flax gives, and leaves no tensor over', (_words, weights, mode) => {
    const recorded = recordedOf({ id: `${name}.${weights}.${mode}` }, models);
    const before = tf.memory().numTensors;
    const { model } = buildModel(setMode(example(file), mode));
    if (weights === 'auto') setAuto(model);
    const start = [...flat(state(model, Param)), ...flat(state(model, BatchStat))];
    expectRecordedState(start, recordedState(recorded, 'state'), CLOSE, 'weights');
    expectStreams(variablesOf(model), recordedState(recorded, 'rngs'));
    const x = inputOf(recorded);
    const target = tf.tensor1d([...labels], 'int32');
    const lossOf = (out: tf.Tensor) => (file === 'digits' ? crossEntropyLoss.compute([out], target, {}, []) : weighted([out]));
    const twin = clone(model);
    const [zerosOut, perturbations] = capture(twin, [Perturbation])(x) as unknown as [tf.Tensor, State<Perturbation>];

    const loss = (model: LiveModel, perturbations: State<Perturbation>, x: tf.Tensor): [tf.Tensor, [tf.Tensor, State<Intermediate>]] => {
      const [out, sowed] = capture(model, [Intermediate], { init: perturbations })(x) as unknown as [tf.Tensor, State<Intermediate>];
      return [lossOf(out), [out, sowed]];
    };
    const [[value, [out, sowed]], [grads, perturbGrads, ofX]] = valueAndGrad(loss, { argnums: [0, 1, 2], hasAux: true })(
      model,
      perturbations,
      x,
    ) as unknown as [[tf.Tensor, [tf.Tensor, unknown]], [unknown, unknown, tf.Tensor]];

    // Long sums: a batch through a whole model.
    expectRecorded(value, recorded['loss'], LONG, 'loss');
    expectRecorded(out, recorded['out'], LONG, 'out');
    expectRecorded(ofX, (recorded['grad_inputs'] as Fixture)['x'], LONG, 'gradient of x');
    expectRecordedState(flat(sowed), recordedState(recorded, 'sowed'), LONG, 'sowed');
    expectRecordedState(flat(perturbGrads), recordedState(recorded, 'perturb_grads'), LONG, 'perturbation gradients');
    expectRecordedState(flat(grads), recordedState(recorded, 'grad_params'), LONG, 'gradients');
    expectRecordedState(flat(state(model, BatchStat)), recordedState(recorded, 'state:BatchStat'), LONG, 'statistics');
    if (mode === 'train') {
      model.eval();
      const after = tf.tidy(() => model.call(x) as tf.Tensor);
      expectRecorded(after, recorded['eval_out_after'], LONG, 'out in eval mode, with the statistics of the step');
      after.dispose();
    }
    dispose([zerosOut, perturbations, value, out, sowed, grads, perturbGrads, ofX, x, target, twin, model]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('computes the call of the Module page as Flax does', () => {
  const recorded = recordedOf({ id: 'Model.page' }, models);
  const { model } = buildModel(example('model'));
  const x = inputOf(recorded);
  const out = tf.tidy(() => model.call(x) as tf.Tensor);
  expectRecordedState(flat(state(model, Param)), recordedState(recorded, 'state'), CLOSE, 'state');
  expectRecorded(out, recorded['out'], CLOSE, 'out');
  dispose([x, out, model]);
});
