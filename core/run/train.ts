/**
 * @file Training on a document's data source, and what is kept of it. The worker keeps one trained model: the next training may
 * go on from it, and a run takes its weights, as long as the document has the same architecture and seed.
 */
import { hashDocument } from '../document/hash.ts';
import type { ModelDocument, RunSettings } from '../document/schema.ts';
import { dispose } from '../nnx/dispose.ts';
import { withAttributes } from '../nnx/view.ts';
import { Optimizer } from '../optim/optimizer.ts';
import { makeRule } from '../optim/settings.ts';
import { tf } from '../tensor/tf.ts';
import { architectureOf, copyVariables } from './architecture.ts';
import { describeModules } from './describe.ts';
import { type JobContext, type RequestOf, warn } from './jobs.ts';
import { checkLabels } from './loss.ts';
import { Metrics } from './metrics.ts';
import { openModel } from './open-model.ts';
import type { RunProblem } from './protocol.ts';
import { openSource, type Source } from './source.ts';
import { evaluate, type Evaluation, type RunnableModel, trainStep } from './step.ts';

/** More would let the graphics queue delay the window's own frames, and a stop. */
const MAX_STEPS_IN_FLIGHT = 2;
/** Longest stretch of work without letting messages in. */
const WORK_MS = 16;
/** Evaluating takes at most this share of the time. */
const EVALUATION_SHARE = 0.2;
const EVALUATION_INTERVAL_MS = 1000;

interface Kept {
  readonly architecture: string;
  readonly model: RunnableModel;
  readonly optimizer: Optimizer;
  /** The settings that the optimizer was made from. */
  readonly rule: string;
  step: number;
}

/** Owns one model and its optimizer, in whatever state training has left them. */
export class Training {
  #kept: Kept | null = null;

  /** Forgets and frees the trained model. */
  reset(): void {
    if (!this.#kept) return;
    dispose(this.#kept.model);
    this.#kept.optimizer.dispose();
    this.#kept = null;
  }

  /** Gives a freshly built model of the same architecture the trained Params and statistics; tells whether there were any. */
  restoreInto(model: RunnableModel, document: ModelDocument): boolean {
    if (this.#kept?.architecture !== architectureOf(document, model)) return false;
    copyVariables(this.#kept.model, model, 'weights');
    return true;
  }

  /** Builds the document, or goes on from what is kept, and leaves the result in its place. */
  #begin({ document, continueFrom }: RequestOf<'train'>, model: RunnableModel, job: JobContext): Kept {
    const architecture = architectureOf(document, model);
    const rule = JSON.stringify(document.run.optimizer);
    const last = continueFrom === 'last' ? this.#kept : null;
    const continues = last?.architecture === architecture;
    if (continueFrom === 'last' && !continues)
      warn(job, {
        code: 'train/started-over',
        message: last ? 'The model or its seed has changed since the last training.' : 'Nothing has been trained yet.',
        hint: 'Training started from fresh weights.',
      });
    // Random streams too: training in two parts gives the numbers of training in one.
    if (continues) copyVariables(last.model, model, 'all');
    const keepsOptimizer = continues && last.rule === rule;
    const optimizer = keepsOptimizer ? last.optimizer : new Optimizer(model, makeRule(document.run.optimizer));
    if (this.#kept) dispose(this.#kept.model);
    if (!keepsOptimizer) this.#kept?.optimizer.dispose();
    this.#kept = { architecture, model, optimizer, rule, step: continues ? last.step : 0 };
    return this.#kept;
  }

  /** Answers `trained`, also after a stop. After an error nothing is kept. */
  async train(request: RequestOf<'train'>, job: JobContext): Promise<void> {
    const { document, assets, steps } = request;
    job.say({ kind: 'phase', name: 'building' });
    const { model, inputs } = openModel(document);
    const kept = this.#begin(request, model, job);
    try {
      const source = openSource(document.run.source, inputs, document.run.batchSize, assets);
      job.say({
        kind: 'phase',
        name: job.backend === 'webgl' && job.isFirst(`train ${hashDocument(document)}`) ? 'compiling' : 'training',
      });
      const stopped = await runSteps(kept, source, document.run, kept.step + steps, job);
      job.say({ kind: 'trained', step: kept.step, stopped, modules: describeModules(model) });
    } catch (error) {
      this.reset();
      throw error;
    }
  }
}

/** Steps until `goal` or a stop; tells which. */
async function runSteps(kept: Kept, source: Source, run: RunSettings, goal: number, job: JobContext): Promise<boolean> {
  const { model, optimizer } = kept;
  const metrics = new Metrics(job);
  const evaluating = new Evaluating(model, source, run);
  const inFlight: StepInFlight[] = [];
  const check = (outputs: readonly tf.Tensor[]): void => checkLabels(run.loss, source.labels, outputs[0]?.shape ?? []);
  let isFinite = true;
  let stopped = false;
  let pausedMs = tf.util.now();

  /** Waits for the oldest step, which is as good as waiting for the graphics card. */
  async function finishOne(test?: Evaluation): Promise<void> {
    const oldest = inFlight.shift();
    if (!oldest) return;
    const [loss = NaN] = await oldest.loss.data();
    oldest.loss.dispose();
    metrics.add({ step: oldest.step, loss, ...test });
    if (isFinite && !Number.isFinite(loss)) warn(job, notFinite(loss, oldest.step));
    isFinite &&= Number.isFinite(loss);
  }

  try {
    for (let isFirst = true; kept.step < goal && !stopped; isFirst = false) {
      const batch = source.trainBatch(kept.step);
      try {
        inFlight.push({ step: kept.step + 1, loss: trainStep(model, optimizer, batch, run.loss, isFirst ? check : undefined) });
      } finally {
        tf.dispose([...batch.inputs, ...(batch.labels ? [batch.labels] : [])]);
      }
      kept.step += 1;
      if (inFlight.length >= MAX_STEPS_IN_FLIGHT || isFirst) await finishOne();
      if (isFirst && job.backend === 'webgl') job.say({ kind: 'phase', name: 'training' });
      if (tf.util.now() - pausedMs > WORK_MS) {
        stopped = await job.pause();
        pausedMs = tf.util.now();
      }
      // A stop is answered at once; whoever trains to the end wants to know where it led.
      if (!stopped && (kept.step === goal || evaluating.isDue(kept.step))) {
        while (inFlight.length > 1) await finishOne();
        await finishOne(await evaluating.now());
      }
    }
    while (inFlight.length > 0) await finishOne();
    metrics.tell();
  } finally {
    for (const { loss } of inFlight) loss.dispose();
  }
  return stopped;
}

interface StepInFlight {
  readonly step: number;
  readonly loss: tf.Tensor;
}

function notFinite(loss: number, step: number): RunProblem {
  return {
    code: 'train/not-finite',
    message: `The loss became ${loss} at step ${step}.`,
    hint: 'Lower the learning rate, or run once and follow the first NaN along the wires.',
  };
}

/** Decides when the test split is evaluated: at the end of an epoch or every second, but never for more than a fifth of the time. */
class Evaluating {
  readonly #model: RunnableModel;
  readonly #source: Source;
  readonly #run: RunSettings;
  readonly #stepsPerEpoch: number;
  #endedMs = tf.util.now();
  #tookMs = 0;

  constructor(model: RunnableModel, source: Source, run: RunSettings) {
    // A copy with the same Variables: the model's own modes stay as they are.
    this.#model = withAttributes(model, { deterministic: true, useRunningAverage: true }, { raiseIfNotFound: false });
    this.#source = source;
    this.#run = run;
    this.#stepsPerEpoch = Math.max(1, Math.floor(source.trainRows / run.batchSize));
  }

  isDue(step: number): boolean {
    const sinceMs = tf.util.now() - this.#endedMs;
    const isWanted = step % this.#stepsPerEpoch === 0 || sinceMs > EVALUATION_INTERVAL_MS;
    return isWanted && this.#source.testRows > 0 && sinceMs > this.#tookMs * (1 / EVALUATION_SHARE - 1);
  }

  /** Undefined where there are no test rows. */
  async now(): Promise<Evaluation | undefined> {
    if (this.#source.testRows === 0) return undefined;
    const startedMs = tf.util.now();
    const result = await evaluate(this.#model, this.#source.testBatches(), this.#run.loss);
    this.#endedMs = tf.util.now();
    this.#tookMs = this.#endedMs - startedMs;
    return result;
  }
}
