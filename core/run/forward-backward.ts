/**
 * @file The answer to `run`: builds a document, runs it forward and backward once on a batch of its source, and sends
 * statistics of everything; the tensors stay in the worker, among those of other runs.
 */
import { toModuleFilter } from '../build/to-filter.ts';
import { digest, hashDocument } from '../document/hash.ts';
import { filterByPath } from '../document/references.ts';
import type { ModelDocument } from '../document/schema.ts';
import { withAttributes } from '../nnx/view.ts';
import { loadWeights } from '../weights/weights.ts';
import type { Diagnostic } from '../nnx/diagnostics.ts';
import { dispose } from '../nnx/dispose.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import { tf } from '../tensor/tf.ts';
import { architectureOf } from './architecture.ts';
import { canonicalIn } from './canonical.ts';
import { describeModules } from './describe.ts';
import { diagnoseFault, diagnoseRun } from './diagnosing.ts';
import { Intervening } from './intervene.ts';
import { type JobContext, pauseOrStop, type RequestOf, stopIfAsked, warn } from './jobs.ts';
import { measurePass } from './measure-pass.ts';
import { findNonFinite } from './non-finite.ts';
import { openObjective } from './objective.ts';
import { openData } from './open-data.ts';
import { openModel, type OpenedModel } from './open-model.ts';
import { type Pass, runPass } from './pass.ts';
import { keepPass } from './pass-result.ts';
import { runPassUpTo } from './pass-up-to.ts';
import { passWarnings } from './pass-warnings.ts';
import { fail, RunError } from '../spec/run-error.ts';
import type { Source } from '../spec/source.ts';
import type { WeightsOrigin } from './protocol.ts';
import type { RowRange, RunRecord } from './records.ts';
import { rowsOf, takeRows } from './rows.ts';
import type { RunnableModel } from './runnable-model.ts';
import type { Training } from './train.ts';
import type { StoreOfValues } from './store-of-values.ts';
import { RunValues } from './values.ts';

const SHARE_MS = 250;

interface Ran {
  readonly pass: Pass;
  /** How many rows have a class. */
  readonly labels: number;
  readonly startedMs: number;
  readonly rows: RowRange;
  readonly diagnostics: readonly Diagnostic[];
  readonly source: Source;
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

/** Takes a batch and runs; its numbers are still to be read. */
async function runBatch(
  opened: OpenedModel,
  request: RequestOf<'run'>,
  which: number,
  job: JobContext,
  intervening?: Intervening,
): Promise<Ran> {
  const { document, assets } = request;
  const objective = openObjective(document.run);
  const source = openData(document, opened.inputs, assets);
  for (const note of source.notes) warn(job, note);
  const phase = job.backend === 'webgl' && job.isFirst(hashDocument(document)) ? 'compiling' : 'forward';
  job.say({ kind: 'phase', name: phase });
  const diagnostics: Diagnostic[] = [];
  const backward = sharesOf('backward', job);
  const batch = takeRows(source.trainBatch(which), request.rows);
  const rows = { from: request.rows?.from ?? 0, count: rowsOf(batch) };
  const startedMs = tf.util.now();
  try {
    if (request.upTo) {
      const pass = runPassUpTo(opened, batch, request.upTo, { onCall: sharesOf(phase, job), change: intervening?.change });
      return { pass, source, labels: 0, startedMs, rows, diagnostics };
    }
    const pass = await runPass(opened, batch, {
      document,
      labels: source.labels,
      objective,
      onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
      onCall: sharesOf(phase, job),
      change: intervening?.change,
      onBackward: () => job.say({ kind: 'phase', name: 'backward' }),
      stopIfAsked: () => stopIfAsked(job),
      async pause(share) {
        await pauseOrStop(job);
        backward(share);
      },
    });
    return { pass, labels: batch.labels?.size ?? 0, startedMs, rows, diagnostics, source };
  } finally {
    tf.dispose([...batch.inputs, ...(batch.labels ? [batch.labels] : [])]);
  }
}

function fromFile(model: RunnableModel, bytes: Uint8Array): WeightsOrigin {
  loadWeights(model, bytes);
  return { from: 'file' };
}

/** Steps done. */
function stepOf(weights: WeightsOrigin): number {
  return weights.from === 'training' ? weights.step : 0;
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

/** The interventions of a run; undefined where there are none. */
function openInterventions({ interventions = [] }: RequestOf<'run'>, model: RunnableModel, store: StoreOfValues): Intervening | undefined {
  if (interventions.length === 0) return undefined;
  return new Intervening(interventions, canonicalIn(describeModules(model)), (run, key) => store.of(run).get(key));
}

/** Of what goes in: rows are shuffled by the seed. */
function inputOf({ run }: ModelDocument, batch: number, rows: RowRange): string {
  return digest(JSON.stringify([run.source, run.batchSize, run.seed, batch, rows]));
}

function recordOf(
  request: RequestOf<'run'>,
  rows: RowRange,
  more: Pick<RunRecord, 'architecture' | 'weights' | 'batch' | 'loss' | 'elapsedMs' | 'bytes' | 'startedAtMs'>,
): RunRecord {
  const { id, document, view = null, interventions = [], asNextStep = false, upTo } = request;
  const input = inputOf(document, more.batch, rows);
  return {
    id,
    documentHash: hashDocument(document),
    input,
    rows,
    ...(upTo ? { upTo } : {}),
    ...(asNextStep ? { asStep: more.batch + 1 } : {}),
    seed: document.run.seed,
    view,
    interventions,
    ...more,
  };
}

/** Says which runs went to make room, if any did. */
function sayDropped(runs: readonly RunRecord['id'][], job: JobContext): void {
  if (runs.length > 0) job.say({ kind: 'dropped', runs });
}

/**
 * Answers `ran`. Trained weights of the same architecture are used; the trained model itself is not touched. The values are left in the store,
 * by the id of the request; where the run fails or is stopped, none are.
 */
export async function runForwardBackward(
  request: RequestOf<'run'>,
  job: JobContext,
  store: StoreOfValues,
  training: Training,
): Promise<void> {
  const { id, document } = request;
  const startedAtMs = Date.now();
  const values = new RunValues();
  let isKept = false;
  sayDropped(store.makeRoom(), job);
  job.say({ kind: 'phase', name: 'building' });
  const built = openModel(document, () => stopIfAsked(job));
  const { model, outputNames } = built;
  try {
    const architecture = architectureOf({ document, model });
    const which = request.asNextStep ? 'all' : 'weights';
    const weights = request.weights ? fromFile(model, request.weights) : training.restoreInto(model, document, architecture, which);
    const batch = request.asNextStep ? stepOf(weights) : (request.batch ?? 0);
    const opened = { ...built, model: throughView(model, document, request.view) };
    const intervening = openInterventions(request, model, store);
    await pauseOrStop(job);
    const ran = await runBatch(opened, request, batch, job, intervening);
    const { pass, labels, rows, diagnostics, source } = ran;
    const modules = describeModules(model);
    const draft = keepPass(pass, values, outputNames, modules, variablesBelow(model));
    if (!request.upTo) for (const problem of passWarnings(document, pass, modules, draft.captured, diagnostics)) warn(job, problem);
    for (const problem of intervening?.unmet() ?? []) warn(job, problem);
    const { loss, accuracy, measured } = await measurePass(pass, draft, values, labels);
    const elapsedMs = tf.util.now() - ran.startedMs;
    await pauseOrStop(job);
    // Of a pass that ends early there is no loss that could be wrong.
    const notFinite = findNonFinite(document, { loss: request.upTo ? 0 : loss, ...measured });
    if (notFinite) warn(job, notFinite);
    if (request.diagnose) await diagnoseRun(request, job, { opened, pass, measured, loss, accuracy, weights, diagnostics, source });
    const record = recordOf(request, rows, {
      architecture: digest(architecture),
      weights,
      batch,
      loss,
      elapsedMs,
      bytes: values.bytes,
      startedAtMs,
    });
    const result = { loss, weights, backend: job.backend, elapsedMs, modules, ...measured, ...(accuracy !== null && { accuracy }) };
    isKept = true;
    sayDropped(store.add(id, values), job);
    job.say({ kind: 'ran', result, record });
  } catch (error) {
    if (request.diagnose) await diagnoseFault(request, job, error);
    // What others hold may be what is missing: the next try has it.
    if (error instanceof RunError && error.problem.code === 'backend/out-of-memory') sayDropped(store.dropAll(), job);
    throw error;
  } finally {
    if (!isKept) values.dispose();
    dispose(model);
  }
}
