/**
 * @file The answer to `run`: builds a document, runs it forward and backward once on the first batch of its source, and
 * sends summaries of everything; the tensors stay in the worker until the next run.
 */
import { hashDocument } from '../document/hash.ts';
import type { Diagnostic } from '../nnx/diagnostics.ts';
import { dispose } from '../nnx/dispose.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import { tf } from '../tensor/tf.ts';
import { describeModules } from './describe.ts';
import { type JobContext, pauseOrStop, type RequestOf, warn } from './jobs.ts';
import { openModel, type OpenedModel } from './open-model.ts';
import { disposePass, type Pass, runPass } from './pass.ts';
import { keepPass, withSummaries } from './pass-result.ts';
import { passWarnings } from './pass-warnings.ts';
import { openSource } from './source.ts';
import type { Training } from './train.ts';
import type { KeptValues } from './values.ts';

interface Ran {
  readonly pass: Pass;
  readonly loss: number;
  readonly elapsedMs: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly rows: number;
}

/** Takes the first batch, runs, and waits until the loss is known. */
async function runFirstBatch(opened: OpenedModel, { document, assets }: RequestOf<'run'>, job: JobContext): Promise<Ran> {
  const { source: settings, batchSize } = document.run;
  const source = openSource(settings, opened.inputs, batchSize, assets);
  job.say({ kind: 'phase', name: job.backend === 'webgl' && job.isFirst(hashDocument(document)) ? 'compiling' : 'forward' });
  const diagnostics: Diagnostic[] = [];
  const batch = source.trainBatch(0);
  const startedMs = tf.util.now();
  try {
    const pass = runPass(opened, batch, {
      document,
      labels: source.labels,
      onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
      onBackward: () => job.say({ kind: 'phase', name: 'backward' }),
    });
    const [loss = NaN] = await pass.loss.data();
    return { pass, loss, elapsedMs: tf.util.now() - startedMs, diagnostics, rows: batch.labels?.size ?? 0 };
  } finally {
    tf.dispose([...batch.inputs, ...(batch.labels ? [batch.labels] : [])]);
  }
}

/** Answers `ran`. Trained weights of the same architecture are used; the trained model itself is not touched. */
export async function runForwardBackward(
  request: RequestOf<'run'>,
  job: JobContext,
  values: KeptValues,
  training: Training,
): Promise<void> {
  const { id, document } = request;
  values.reset(null);
  job.say({ kind: 'phase', name: 'building' });
  const opened = openModel(document);
  const { model, outputNames } = opened;
  try {
    training.restoreInto(model, document);
    await pauseOrStop(job);
    const { pass, loss, elapsedMs, diagnostics, rows } = await runFirstBatch(opened, request, job);
    values.reset(id);
    const modules = describeModules(model);
    const draft = keepPass(pass, values, outputNames, modules, variablesBelow(model));
    for (const problem of passWarnings(document, pass, modules, draft.captured, diagnostics)) warn(job, problem);
    const accuracy = pass.correct && { accuracy: ((await pass.correct.data())[0] ?? NaN) / rows };
    disposePass({ loss: pass.loss, correct: pass.correct, states: pass.states });
    await pauseOrStop(job);
    const summaries = await values.summarize();
    await pauseOrStop(job);
    const result = { loss, backend: job.backend, elapsedMs, modules, ...withSummaries(draft, summaries), ...accuracy };
    job.say({ kind: 'ran', result });
  } catch (error) {
    values.reset(null);
    throw error;
  } finally {
    dispose(model);
  }
}
