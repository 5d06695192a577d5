import { expect, it } from 'vitest';
import { mlp } from '../bench/documents.ts';
import { dispose } from '../nnx/dispose.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import { countGlCalls } from '../tensor/testing/gl-calls.ts';
import { tf } from '../tensor/tf.ts';
import { describeModules } from './describe.ts';
import { measurePass } from './measure-pass.ts';
import { openObjective } from './objective.ts';
import { openData } from './open-data.ts';
import { openModel } from './open-model.ts';
import { runPass } from './pass.ts';
import { keepPass } from './pass-result.ts';
import { summarize } from './summary.ts';
import { RunValues } from './values.ts';

const nothing = (): void => undefined;

it('takes loss, right rows and all statistics of a pass off the card behind one fence', async () => {
  const before = tf.memory().numTensors;
  const document = mlp([16, 64, 10], 64);
  const opened = openModel(document);
  const { model, outputNames } = opened;
  const source = openData(document, opened.inputs, {});
  const batch = source.trainBatch(0);
  const values = new RunValues();
  const objective = openObjective(document.run);
  const pass = await runPass(opened, batch, { document, labels: source.labels, objective, onDiagnostic: nothing, onBackward: nothing });
  const draft = keepPass(pass, values, outputNames, describeModules(model), variablesBelow(model));
  const [loss, correct] = [tf.clone(pass.loss), pass.correct && tf.clone(pass.correct)];
  const { result, counts } = await countGlCalls(() => measurePass(pass, draft, values, 64));
  if (tf.getBackend() === 'webgl') expect(counts).toEqual({ createBuffer: 1, deleteBuffer: 1, fenceSync: 1, deleteSync: 1 });
  expect(result.loss).toBe((await loss.data())[0]);
  expect(result.accuracy).toBe(correct && (await correct.data())[0]! / 64);
  for (const { valueKey, value } of result.measured.variables) {
    const { shape, data } = await values.read(valueKey);
    const { min, max, nans } = summarize(data, shape, 'float32');
    expect([value.min, value.max, value.nans]).toEqual([min, max, nans]);
  }
  tf.dispose([loss, ...(correct ? [correct] : []), ...batch.inputs, ...(batch.labels ? [batch.labels] : [])]);
  values.dispose();
  dispose(model);
  expect(tf.memory().numTensors).toBe(before);
});
