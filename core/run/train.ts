/**
 * @file Training on a document's data source, and what is kept of it. The worker keeps one trained model: the next training goes on from it,
 * and a run takes its weights, as long as the document has the same architecture and seed, whatever else was edited.
 */
import { hashDocument } from '../document/hash.ts';
import type { ModelDocument } from '../document/schema.ts';
import { dispose } from '../nnx/dispose.ts';
import { Optimizer } from '../optim/optimizer.ts';
import { makeRule } from '../optim/settings.ts';
import type { RunProblem } from '../spec/run-error.ts';
import type { Batch } from '../spec/source.ts';
import { fail } from '../spec/run-error.ts';
import { loadWeights, saveWeights } from '../weights/weights.ts';
import { architectureOf, copyVariables } from './architecture.ts';
import { describeModules } from './describe.ts';
import { findWhere } from './find-where.ts';
import { type JobContext, type RequestOf, warn } from './jobs.ts';
import { openObjective } from './objective.ts';
import { openData } from './open-data.ts';
import { openModel } from './open-model.ts';
import type { WeightsOrigin } from './protocol.ts';
import { runSteps, type Ending, type Trained } from './run-steps.ts';
import type { RunnableModel } from './step.ts';

interface Kept extends Trained {
  readonly architecture: string;
  /** The settings that the optimizer was made from. */
  readonly rule: string;
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

  /** Gives a freshly built model of the same architecture the trained Params and statistics; tells whose weights it has now. */
  restoreInto(model: RunnableModel, document: ModelDocument): WeightsOrigin {
    const { seed } = document.run;
    if (this.#kept?.architecture !== architectureOf(document, model)) return { from: 'seed', seed };
    copyVariables(this.#kept.model, model, 'weights');
    return { from: 'training', step: this.#kept.step };
  }

  /** The trained weights as safetensors. @throws RunError where nothing has been trained. */
  async save(): Promise<Uint8Array> {
    if (!this.#kept) fail('train/nothing-trained', 'Expected trained weights, got none.', 'Train first.');
    return saveWeights(this.#kept.model);
  }

  /** Builds the document, or goes on from what is kept, and leaves the result in its place. */
  #begin({ document, continueFrom, weights }: RequestOf<'train'>, model: RunnableModel, job: JobContext): Kept {
    const architecture = architectureOf(document, model);
    const rule = JSON.stringify(document.run.optimizer);
    const last = continueFrom === 'last' ? this.#kept : null;
    const continues = last?.architecture === architecture;
    if (continueFrom === 'last' && last && !continues)
      warn(job, {
        code: 'train/started-over',
        message: 'The model or its seed has changed since the last training.',
        hint: 'Training started from fresh weights.',
      });
    // Random streams too: training in two parts gives the numbers of training in one.
    if (continues) copyVariables(last.model, model, 'all');
    if (weights) loadWeights(model, weights, { strict: false });
    const keepsOptimizer = continues && last.rule === rule;
    const optimizer = keepsOptimizer ? last.optimizer : new Optimizer(model, makeRule(document.run.optimizer));
    if (this.#kept) dispose(this.#kept.model);
    if (!keepsOptimizer) this.#kept?.optimizer.dispose();
    this.#kept = { architecture, model, optimizer, rule, step: continues ? last.step : 0 };
    return this.#kept;
  }

  /** Answers `trained`, also after a stop or a divergence. What was trained before is kept where the document or its data are at fault. */
  async train(request: RequestOf<'train'>, job: JobContext): Promise<void> {
    const { document, assets, steps } = request;
    job.say({ kind: 'phase', name: 'building' });
    const objective = openObjective(document.run);
    const opened = openModel(document);
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
      const { stopped, diverged } = await runSteps(kept, source, objective, from + steps, job, look);
      if (diverged) {
        warn(job, notFinite(diverged, kept.step));
        this.#freshOptimizer(document);
      }
      job.say({ kind: 'trained', step: kept.step, stopped, diverged: diverged !== undefined, modules: describeModules(model) });
    } catch (error) {
      if (this.#kept?.model !== model) dispose(model);
      else if (this.#kept.step === 0) this.reset();
      throw error;
    }
  }

  /** What the optimizer remembers of a divergence is as broken as the weights were. */
  #freshOptimizer({ run }: ModelDocument): void {
    if (!this.#kept) return;
    this.#kept.optimizer.dispose();
    this.#kept = { ...this.#kept, optimizer: new Optimizer(this.#kept.model, makeRule(run.optimizer)) };
  }
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
