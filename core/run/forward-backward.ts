/**
 * @file The answer to `run`: builds a document, runs it forward and backward once on the first batch of its source, and
 * sends summaries of everything; the tensors stay in the worker until the next run.
 */
import { toModuleFilter } from '../build/to-filter.ts';
import { hashDocument } from '../document/hash.ts';
import { filterByPath } from '../document/references.ts';
import type { ModelDocument } from '../document/schema.ts';
import { withAttributes } from '../nnx/view.ts';
import { loadWeights } from '../weights/weights.ts';
import type { Diagnostic } from '../nnx/diagnostics.ts';
import { dispose } from '../nnx/dispose.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import { readMany } from '../tensor/read-many.ts';
import { tf } from '../tensor/tf.ts';
import { describeModules } from './describe.ts';
import { diagnoseFault, diagnoseRun } from './diagnosing.ts';
import { type JobContext, pauseOrStop, type RequestOf, warn } from './jobs.ts';
import { findNonFinite } from './non-finite.ts';
import { openObjective } from './objective.ts';
import { openData } from './open-data.ts';
import { openModel, type OpenedModel } from './open-model.ts';
import { disposePass, type Pass, runPass } from './pass.ts';
import { keepPass, withSummaries } from './pass-result.ts';
import { passWarnings } from './pass-warnings.ts';
import { fail } from '../spec/run-error.ts';
import type { WeightsOrigin } from './protocol.ts';
import type { RunnableModel } from './step.ts';
import type { Training } from './train.ts';
import type { KeptValues } from './values.ts';

const SHARE_MS = 250;

interface Ran {
  readonly pass: Pass;
  readonly loss: number;
  /** Null where the loss is not one of classes. */
  readonly accuracy: number | null;
  readonly elapsedMs: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Of a long phase so much is done; a few times a second are enough. */
function sharesOf(name: string, job: JobContext): (share: number) => void {
  let saidMs = tf.util.now();
  return (share) => {
    if (tf.util.now() < saidMs + SHARE_MS) return;
    saidMs = tf.util.now();
    job.say({ kind: 'phase', name, share });
  };
}

/** Takes a batch, runs, and waits until loss and accuracy are known. */
async function runBatch(opened: OpenedModel, { document, assets, batch: which = 0 }: RequestOf<'run'>, job: JobContext): Promise<Ran> {
  const objective = openObjective(document.run);
  const source = openData(document, opened.inputs, assets);
  for (const note of source.notes) warn(job, note);
  const phase = job.backend === 'webgl' && job.isFirst(hashDocument(document)) ? 'compiling' : 'forward';
  job.say({ kind: 'phase', name: phase });
  const diagnostics: Diagnostic[] = [];
  const backward = sharesOf('backward', job);
  const batch = source.trainBatch(which);
  const startedMs = tf.util.now();
  try {
    const pass = await runPass(opened, batch, {
      document,
      labels: source.labels,
      objective,
      onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
      onCall: sharesOf(phase, job),
      onBackward: () => job.say({ kind: 'phase', name: 'backward' }),
      async pause(share) {
        await pauseOrStop(job);
        backward(share);
      },
    });
    const [[loss = NaN] = [], [correct = NaN] = []] = await readMany([pass.loss, ...(pass.correct ? [pass.correct] : [])]);
    // The greatest of scores that are none says nothing.
    const accuracy = pass.correct && (Number.isNaN(loss) ? NaN : correct / (batch.labels?.size ?? 0));
    return { pass, loss, accuracy, elapsedMs: tf.util.now() - startedMs, diagnostics };
  } finally {
    tf.dispose([...batch.inputs, ...(batch.labels ? [batch.labels] : [])]);
  }
}

function fromFile(model: RunnableModel, bytes: Uint8Array): WeightsOrigin {
  loadWeights(model, bytes);
  return { from: 'file' };
}

/** The model in the mode of a view, with the same Variables. @throws RunError for a view that the document does not have. */
function throughView(model: RunnableModel, document: ModelDocument, name: string | undefined): RunnableModel {
  if (name === undefined) return model;
  const view = document.views.find((each) => each.name === name);
  if (!view) {
    const names = document.views.map((each) => `"${each.name}"`).join(', ') || 'none';
    return fail('run/view', `Expected a view of the document (${names}), got "${name.slice(0, 80)}".`, 'Name a view that it has.');
  }
  return withAttributes(model, view.attributes, { only: toModuleFilter(filterByPath(document, view.only)) });
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
  const built = openModel(document);
  const { model, outputNames } = built;
  try {
    const weights = request.weights ? fromFile(model, request.weights) : training.restoreInto(model, document);
    const opened = { ...built, model: throughView(model, document, request.view) };
    await pauseOrStop(job);
    const { pass, loss, accuracy, elapsedMs, diagnostics } = await runBatch(opened, request, job);
    values.reset(id);
    const modules = describeModules(model);
    const draft = keepPass(pass, values, outputNames, modules, variablesBelow(model));
    for (const problem of passWarnings(document, pass, modules, draft.captured, diagnostics)) warn(job, problem);
    disposePass({ loss: pass.loss, correct: pass.correct, states: pass.states });
    await pauseOrStop(job);
    const summaries = await values.summarize();
    await pauseOrStop(job);
    const measured = withSummaries(draft, summaries);
    const notFinite = findNonFinite(document, { loss, ...measured });
    if (notFinite) warn(job, notFinite);
    if (request.diagnose) await diagnoseRun(request, job, { opened, pass, measured, loss, accuracy, weights, diagnostics });
    const result = { loss, weights, backend: job.backend, elapsedMs, modules, ...measured, ...(accuracy !== null && { accuracy }) };
    job.say({ kind: 'ran', result });
  } catch (error) {
    if (request.diagnose) await diagnoseFault(request, job, error);
    values.reset(null);
    throw error;
  } finally {
    dispose(model);
  }
}
