/**
 * @file Training on a document's data source, and what is kept of it. The worker keeps the model that was trained: the next training goes on from
 * it, and a run takes its weights, as long as the document has the same architecture and seed, whatever else was edited. Those trained before in
 * other architectures are kept, too, so that an edit that is undone loses nothing.
 */
import { hashDocument } from '../document/hash.ts';
import type { ModelDocument } from '../document/schema.ts';
import { dispose } from '../nnx/dispose.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import type { Module } from '../nnx/module.ts';
import { Optimizer } from '../optim/optimizer.ts';
import { learningRateOf, makeRule } from '../optim/settings.ts';
import type { RunProblem } from '../spec/run-error.ts';
import type { Batch } from '../spec/source.ts';
import { fail } from '../spec/run-error.ts';
import { loadWeights, saveWeights } from '../weights/weights.ts';
import { architectureOf, copyVariables } from './architecture.ts';
import { CheckpointTaker, keepWhereItStands } from './checkpoint-taker.ts';
import { Checkpoints } from './checkpoints.ts';
import { CourseRecorder } from './course-recorder.ts';
import { describeModules } from './describe.ts';
import { goTo } from './go-to.ts';
import { diagnoseFault, diagnoseTraining } from './diagnosing.ts';
import { Doubts } from './doubts.ts';
import { findWhere } from './find-where.ts';
import { type JobContext, type RequestOf, stopIfAsked, warn } from './jobs.ts';
import { Measuring } from './measuring.ts';
import { openObjective } from './objective.ts';
import { openData } from './open-data.ts';
import { openModel } from './open-model.ts';
import type { WeightsOrigin } from './protocol.ts';
import { runSteps, type Ending, type Trained } from './run-steps.ts';
import type { RunnableModel } from './runnable-model.ts';
import { spreadsOverSteps } from './over-steps.ts';
import { Saver } from './saver.ts';
import { openTrained } from './trained.ts';
import { loadTraining } from './training-file.ts';

interface Kept extends Trained {
  readonly document: ModelDocument;
  readonly architecture: string;
  /** The settings that the optimizer was made from. */
  readonly rule: string;
  readonly checkpoints: Checkpoints;
  /** The conditions that held in its last step. */
  readonly held: Set<string>;
}

/** So many architectures are remembered, the latest first. */
const MOST_KEPT = 3;

/** Owns trained models and their optimizers, in whatever state training has left them. */
export class Training {
  #kept: readonly Kept[] = [];

  /** Forgets and frees all trained models. */
  reset(): void {
    for (const kept of this.#kept) free(kept);
    this.#kept = [];
  }

  /** Of the last training. */
  get document(): ModelDocument | undefined {
    return this.#kept[0]?.document;
  }

  #find(architecture: string): Kept | undefined {
    return this.#kept.find((each) => each.architecture === architecture);
  }

  /** Puts a trained model in front, in place of the one of its architecture. */
  #keep(kept: Kept): void {
    const [others, dropped] = [this.#kept.filter((each) => each.architecture !== kept.architecture), this.#find(kept.architecture)];
    if (dropped && dropped !== kept) {
      if (dropped.model !== kept.model) dispose(dropped.model);
      if (dropped.optimizer !== kept.optimizer) dropped.optimizer.dispose();
      if (dropped.checkpoints !== kept.checkpoints) dropped.checkpoints.dispose();
    }
    this.#kept = [kept, ...others.slice(0, MOST_KEPT - 1)];
    for (const old of others.slice(MOST_KEPT - 1)) free(old);
  }

  /** Gives a freshly built model of the same architecture what was trained; tells whose weights it has now. */
  restoreInto(model: RunnableModel, document: ModelDocument, architecture: string, which: 'weights' | 'all'): WeightsOrigin {
    const kept = this.#find(architecture);
    if (!kept) return { from: 'seed', seed: document.run.seed };
    copyVariables(kept, { document, model }, which);
    return { from: 'training', step: kept.step };
  }

  /** The weights that were trained last as safetensors. @throws RunError where nothing has been trained. */
  async save(): Promise<Uint8Array> {
    const [last] = this.#kept;
    if (!last) fail('train/nothing-trained', 'Expected trained weights, got none.', 'Train first.');
    return saveWeights(last.model);
  }

  /** Builds the document, or goes on from what is kept, and leaves the result in its place. */
  #begin({ document, continueFrom, weights }: RequestOf<'train'>, model: RunnableModel, job: JobContext): Kept {
    const architecture = architectureOf({ document, model });
    const wrt = openTrained(document, model);
    const rule = ruleOf(document);
    const last = continueFrom === 'last' ? this.#find(architecture) : undefined;
    if (continueFrom === 'last' && !last && this.#kept.length > 0)
      warn(job, {
        code: 'train/started-over',
        message: 'The model or its seed has changed since the last training, so training started from fresh weights.',
        hint: 'Undo the change to have the trained ones again.',
      });
    // Random streams too: training in two parts gives the numbers of training in one.
    if (last) copyVariables(last, { document, model }, 'all');
    if (weights) loadWeights(model, weights, { strict: false });
    // It knows its parameters by path: with another name it starts anew, as with another rule.
    const optimizer =
      last?.rule === rule && haveSamePaths(last.model, model)
        ? last.optimizer
        : new Optimizer(model, makeRule(document.run.optimizer), { wrt });
    const checkpoints = last?.checkpoints ?? new Checkpoints();
    const kept = {
      document,
      architecture,
      model,
      optimizer,
      rule,
      step: last?.step ?? 0,
      checkpoints,
      held: last?.held ?? new Set<string>(),
    };
    // Whoever went back and trains on from there leaves the old course.
    checkpoints.cutAfter(kept.step);
    this.#keep(kept);
    return kept;
  }

  /** Answers `trained`, also after a stop or a divergence. What was trained before is kept where the document or its data are at fault. */
  async train(request: RequestOf<'train'>, job: JobContext): Promise<void> {
    const { document, assets, steps } = request;
    job.say({ kind: 'phase', name: 'building' });
    const objective = openObjective(document.run);
    const opened = openModel(document, () => stopIfAsked(job));
    const { model, inputs } = opened;
    try {
      const source = openData(document, inputs, assets);
      for (const note of source.notes) warn(job, note);
      const kept = this.#begin(request, model, job);
      const from = kept.step;
      job.say({ kind: 'begun', step: from, goal: from + steps });
      job.say({
        kind: 'phase',
        name: job.backend === 'webgl' && job.isFirst(`train ${hashDocument(document)}`) ? 'compiling' : 'training',
      });
      const look = (batch: Batch) => findWhere(opened, batch, document, source, objective);
      const recorder = request.diagnose ? new CourseRecorder(kept, { from, steps, source, opened, document }) : undefined;
      const measuring = new Measuring(model, kept.optimizer, request.watches ?? [], kept.held);
      const doubts = measuring.isWatching ? new Doubts(kept) : undefined;
      const watchers = [recorder, doubts].filter((each) => each !== undefined);
      const saver = new Saver(kept, job);
      const observers = [new CheckpointTaker(kept, kept.checkpoints, job), saver, ...watchers];
      const { stopped, diverged, hit } = await this.#observed(watchers, async () => {
        const ending = await runSteps(kept, job, {
          source,
          objective,
          goal: from + steps,
          findWhere: look,
          observers,
          measuring,
          learningRate: learningRateOf(document.run.optimizer),
        });
        if (ending.hit) doubts?.undo(ending.hit.step);
        doubts?.dispose();
        return ending;
      });
      kept.checkpoints.cutAfter(kept.step);
      keepWhereItStands(kept, kept.checkpoints, job);
      if (!diverged) await saver.end();
      if (recorder) await diagnoseTraining(request, job, recorder, kept);
      if (diverged) {
        warn(job, notFinite(diverged, kept.step));
        // What the optimizer remembers of a divergence is as broken as the weights were.
        this.#keep({ ...kept, optimizer: new Optimizer(model, makeRule(document.run.optimizer), { wrt: kept.optimizer.wrt }) });
      }
      job.say({
        kind: 'trained',
        step: kept.step,
        stopped,
        diverged: diverged !== undefined,
        hit: hit ?? null,
        modules: describeModules(model),
      });
    } catch (error) {
      if (request.diagnose) await diagnoseFault(request, job, error);
      const kept = this.#kept.find((each) => each.model === model);
      if (!kept) dispose(model);
      else if (kept.step === 0) this.#forget(kept);
      throw error;
    }
  }

  /** What was recorded of steps that fail is of no use. */
  async #observed<T>(observers: readonly { dispose(): void }[], run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      for (const observer of observers) observer.dispose();
      throw error;
    }
  }

  /**
   * Answers `sought`: goes to the state after so many steps, from the last checkpoint before it. What lies behind is kept until training goes on
   * from here. @throws RunError where nothing is kept that leads there.
   */
  async seek({ assets, step }: RequestOf<'seek'>, job: JobContext): Promise<void> {
    const kept = this.#kept[0] ?? fail('train/nothing-trained', 'Expected a training to go back in, got none.', 'Train first.');
    kept.held.clear();
    await goTo(kept, kept.checkpoints, step, assets, job);
    job.say({ kind: 'sought', step: kept.step });
  }

  /** Answers `restored`: keeps what another worker had trained as if it had been trained here. @throws RunError, ValueError where it does not fit. */
  restore({ document, bytes }: RequestOf<'restore'>, job: JobContext): void {
    const { model } = openModel(document);
    try {
      const optimizer = new Optimizer(model, makeRule(document.run.optimizer), { wrt: openTrained(document, model) });
      const step = loadTraining(bytes, { model, optimizer });
      const architecture = architectureOf({ document, model });
      const kept = {
        document,
        architecture,
        model,
        optimizer,
        rule: ruleOf(document),
        step,
        checkpoints: new Checkpoints(),
        held: new Set<string>(),
      };
      keepWhereItStands(kept, kept.checkpoints, job);
      this.#keep(kept);
      job.say({ kind: 'restored', step });
    } catch (error) {
      dispose(model);
      throw error;
    }
  }

  /** Answers `overSteps`. The training stays where it is. */
  async lookOverSteps({ assets, keys, batch }: RequestOf<'overSteps'>, job: JobContext): Promise<void> {
    const kept = this.#kept[0] ?? fail('train/nothing-trained', 'Expected a training to look over, got none.', 'Train first.');
    if (!kept.checkpoints.at(kept.step)) keepWhereItStands(kept, kept.checkpoints, job);
    job.say({ kind: 'overSteps', spreads: await spreadsOverSteps(kept, kept.checkpoints, { keys, assets, batch }, job) });
  }

  #forget(kept: Kept): void {
    this.#kept = this.#kept.filter((each) => each !== kept);
    free(kept);
  }
}

function ruleOf({ run: { optimizer, trained } }: ModelDocument): string {
  return JSON.stringify([optimizer, trained]);
}

function free({ model, optimizer, checkpoints }: Kept): void {
  dispose(model);
  optimizer.dispose();
  checkpoints.dispose();
}

function haveSamePaths(a: Module, b: Module): boolean {
  const pathsOf = (model: Module) => JSON.stringify(variablesBelow(model).map(({ path }) => path));
  return pathsOf(a) === pathsOf(b);
}

function notFinite({ step, loss, where }: NonNullable<Ending['diverged']>, keptStep: number): RunProblem {
  const { message = '', path, node } = where ?? {};
  return {
    code: 'train/not-finite',
    message: `The loss became ${loss} at step ${step}, and training stopped. ${message}${message && ' '}Kept are the weights after step ${keptStep}, the last that gave a finite loss.`,
    hint: 'Lower the learning rate and go on.',
    ...(path ? { path } : {}),
    ...(node === undefined ? {} : { node }),
  };
}
