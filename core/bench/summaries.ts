/** @file What a run costs: every wire watched and all summarised, against the forward and backward pass of the same network alone. */
import type { ModelDocument } from '../document/schema.ts';
import { dispose } from '../nnx/dispose.ts';
import { valueAndGrad } from '../nnx/grad.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import { describeModules } from '../run/describe.ts';
import { measurePass } from '../run/measure-pass.ts';
import { openObjective } from '../run/objective.ts';
import { openData } from '../run/open-data.ts';
import { openModel } from '../run/open-model.ts';
import { runPass } from '../run/pass.ts';
import { keepPass } from '../run/pass-result.ts';
import { RunValues } from '../run/values.ts';
import { tf } from '../tensor/tf.ts';
import { convNet, mlp, transformerBlock } from './documents.ts';
import { type Benchmark, compare, milliseconds, result } from './measure.ts';

const LIMIT = 1.3;
const ROUNDS = 9;

const NETWORKS: Readonly<Record<string, ModelDocument>> = {
  'MLP of 128, 256, 128 and 10 features': mlp([128, 256, 128, 10], 64),
  'convolutional net on 14 by 14': convNet(14, [8, 16], 16),
  'transformer block of 32 by 64': transformerBlock(32, 64, 8),
};

async function benchOne(name: string, document: ModelDocument, backend: string): Promise<Benchmark> {
  const opened = openModel(document);
  const { model, outputNames } = opened;
  const objective = openObjective(document.run);
  const source = openData(document, opened.inputs, {});
  const batch = source.trainBatch(0);
  const values = new RunValues();
  // As the answer to `run` does, without building the model.
  const run = {
    name: 'run',
    async run() {
      const nothing = () => undefined;
      const pass = await runPass(opened, batch, { document, labels: source.labels, objective, onDiagnostic: nothing, onBackward: nothing });
      values.dispose();
      const draft = keepPass(pass, values, outputNames, describeModules(model), variablesBelow(model));
      await measurePass(pass, draft, values, batch.labels?.size ?? 0);
    },
  };
  const through = valueAndGrad((of: typeof model) => objective.compute([of.call(...batch.inputs) as tf.Tensor], batch));
  const plain = {
    name: 'pass',
    async run() {
      const [value, gradients] = through(model);
      await value.data();
      value.dispose();
      gradients.dispose();
    },
  };
  const { firstMs, secondMs, ratio } = await compare(run, plain, ROUNDS);
  values.dispose();
  dispose(model);
  tf.dispose([...batch.inputs, ...(batch.labels ? [batch.labels] : [])]);
  const detail = `${milliseconds(firstMs)} against ${milliseconds(secondMs)}`;
  return result(`run of the ${name}, all summarised, over its pass`, backend, ratio, 'at most', LIMIT, detail);
}

export async function benchSummaries(backend: string): Promise<Benchmark[]> {
  const results: Benchmark[] = [];
  for (const [name, document] of Object.entries(NETWORKS)) results.push(await benchOne(name, document, backend));
  return results;
}
