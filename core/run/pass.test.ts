import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Fixture,
  isRecordedTensor,
  loadFixtures,
  recordedNumbers,
  recordedTensor,
  type RecordedState,
  type RecordedTensor,
} from '../fixtures/load.ts';
import { BatchNorm } from '../layers/batch-norm.ts';
import { Dropout } from '../layers/dropout.ts';
import { Linear } from '../layers/linear.ts';
import { dispose } from '../nnx/dispose.ts';
import { toCamelCase } from '../nnx/names.ts';
import { Module } from '../nnx/module.ts';
import { Rngs } from '../nnx/rngs.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import { BatchStat, Intermediate } from '../nnx/variable.ts';
import { expectAllClose } from '../tensor/testing/all-close.ts';
import { tf } from '../tensor/tf.ts';
import { newDocument } from '../document/new-document.ts';
import { openObjective } from './objective.ts';
import { findSource } from '../registry.gen.ts';
import { disposePass, runPass } from './pass.ts';

/** The digits classifier of core/fixtures/models.py, written by hand: every hidden wire is perturbed and sowed. */
class Digits extends Module {
  linear1: Linear;
  batchNorm: BatchNorm;
  dropout: Dropout;
  linear2: Linear;
  constructor(rngs: Rngs) {
    super();
    this.linear1 = new Linear({ inFeatures: 64, outFeatures: 32, rngs });
    this.batchNorm = new BatchNorm({ numFeatures: 32, rngs });
    this.dropout = new Dropout({ rate: 0.2, rngs });
    this.linear2 = new Linear({ inFeatures: 32, outFeatures: 10, rngs });
  }
  probe(name: string, x: tf.Tensor): tf.Tensor {
    const y = this.perturb(name, x);
    this.sow(Intermediate, name, y);
    return y;
  }
  call(x: tf.Tensor): tf.Tensor {
    let y = this.probe('hidden', this.linear1.call(x));
    y = this.probe('normed', this.batchNorm.call(y));
    y = this.probe('active', tf.relu(y));
    y = this.probe('dropped', this.dropout.call(y));
    return this.probe('logits', this.linear2.call(y));
  }
}

/** The leaves of a recorded State by path; of a sowed value the one entry. */
function leavesOf(fixture: Fixture, name: string): ReadonlyMap<string, RecordedTensor> {
  return new Map(
    (fixture[name] as RecordedState).map(({ path, value }) => [
      toCamelCase(path.join('/')),
      (isRecordedTensor(value) ? value : (value as readonly RecordedTensor[])[0]) as RecordedTensor,
    ]),
  );
}

function expectClose(actual: tf.Tensor, expected: RecordedTensor, what: string): void {
  expect(actual.shape, what).toEqual(expected.shape);
  const numbers = Float64Array.from(recordedNumbers(expected));
  // A number near zero among large ones has their rounding; behind BatchNorm the gradient of a bias is nothing but rounding.
  const atol = Math.max(1e-7, 1e-6 * Math.max(...numbers.map(Math.abs)));
  expectAllClose(actual, numbers, { rtol: 2e-5, atol: 2 * atol });
}

function expectLeavesClose(
  actual: readonly (readonly [string, tf.Tensor])[],
  expected: ReadonlyMap<string, RecordedTensor>,
  what: string,
): void {
  expect(
    actual.map(([path]) => path),
    what,
  ).toEqual([...expected.keys()]);
  for (const [path, tensor] of actual) expectClose(tensor, expected.get(path) as RecordedTensor, `${what} ${path}`);
}

const DOCUMENT = newDocument();
const WITH_LABELS = { ...DOCUMENT, run: { ...DOCUMENT.run, loss: { type: 'crossEntropy', args: {} } } } as const;

describe.each(['train', 'eval'] as const)('a pass of the digits classifier from Rngs(0), in %s mode', (mode) => {
  let fixture: Fixture;
  let labels: readonly number[];
  beforeAll(async () => {
    fixture = (await loadFixtures('models'))[`Digits.rngs0.${mode}`] as Fixture;
    const { default: digits } = await import('../../assets/data/digits.csv?raw');
    const inputs = [{ name: 'x', shape: null, dtype: 'float32' as const }];
    const args = { label: 'label', testRows: 360 };
    const batch = findSource('csv')!
      .open(args, { inputs, batchSize: 64, seed: 0, readText: () => digits })
      .trainBatch(0);
    labels = [...batch.labels!.dataSync()];
    tf.dispose([...batch.inputs, batch.labels!]);
  });

  it("has Flax's loss, outputs, sowed values, gradients at every probe and every parameter, and statistics", async () => {
    const before = tf.memory().numTensors;
    const model = new Digits(new Rngs(0));
    model[mode]();
    const batch = { inputs: [recordedTensor(fixture['x'] as RecordedTensor)], labels: tf.tensor1d([...labels], 'int32') };
    const opened = {
      model,
      inputs: [],
      outputNames: ['logits'],
      observing: <T>(_: unknown, f: (running: () => null) => T) => f(() => null),
    };
    const pass = await runPass(opened, batch, {
      document: WITH_LABELS,
      labels: null,
      objective: openObjective(WITH_LABELS.run),
      onDiagnostic: ({ message }) => expect.fail(message),
      onBackward: () => undefined,
    });
    expectClose(pass.loss, fixture['loss'] as RecordedTensor, 'loss');
    expectClose(pass.outputs[0] as tf.Tensor, fixture['out'] as RecordedTensor, 'out');
    const [sowed, perturbed] = pass.states.map((state) => state.flat());
    expectLeavesClose(
      (sowed ?? []).map(([path, { value }]) => [path.join('/'), (value as tf.Tensor[])[0] as tf.Tensor]),
      leavesOf(fixture, 'sowed'),
      'sowed',
    );
    const gradients = (perturbed ?? []).map(
      ([path, variable]) => [path.join('/'), pass.perturbations.gradientOf(variable, pass.gradients) as tf.Tensor] as const,
    );
    expectLeavesClose(gradients, leavesOf(fixture, 'perturb_grads'), 'gradient of perturbation');
    expectLeavesClose(
      pass.params.map(({ path }, i) => [path.join('/'), pass.gradients[i] as tf.Tensor]),
      leavesOf(fixture, 'grad_params'),
      'gradient of parameter',
    );
    const statistics = variablesBelow(model).filter(({ variable }) => variable instanceof BatchStat);
    expectLeavesClose(
      statistics.map(({ path, variable }) => [path.join('/'), variable.value as tf.Tensor]),
      leavesOf(fixture, 'state:BatchStat'),
      'statistic',
    );
    for (const [, gradient] of gradients) gradient.dispose();
    disposePass(pass);
    tf.dispose([...batch.inputs, batch.labels]);
    dispose(model);
    expect(tf.memory().numTensors).toBe(before);
  });
});
