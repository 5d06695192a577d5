/** @file The steps of a training: at most two in flight, the test split at the end of every epoch, an end where the loss is not finite. */
import { modesFor } from '../nnx/modes.ts';
import { withAttributes } from '../nnx/view.ts';
import type { Optimizer } from '../optim/optimizer.ts';
import { type RunProblem, Stopped } from '../spec/run-error.ts';
import type { Batch, Source } from '../spec/source.ts';
import { readMany } from '../tensor/read-many.ts';
import { tf } from '../tensor/tf.ts';
import { type JobContext, stopIfAsked } from './jobs.ts';
import type { Measuring, StepProbe } from './measuring.ts';
import { Metrics } from './metrics.ts';
import type { Objective } from './objective.ts';
import { Snapshots } from './snapshots.ts';
import { evaluate, type Evaluation, trainStep } from './step.ts';
import type { RunnableModel } from './runnable-model.ts';
import type { WatchHit } from './watching.ts';

/** More would let the graphics queue delay the window's own frames, and a stop. */
const MAX_STEPS_IN_FLIGHT = 2;
/** Longest stretch of work without letting messages in. */
const WORK_MS = 16;

export interface Trained {
  readonly model: RunnableModel;
  readonly optimizer: Optimizer;
  /** Steps done; changed as steps are taken. */
  step: number;
}

export interface Ending {
  readonly stopped: boolean;
  /** The step whose loss was not finite, and that loss. The weights are then those after `kept.step` steps, the last that gave a finite loss. */
  readonly diverged?: { readonly step: number; readonly loss: number; readonly where: RunProblem | undefined };
  /** A condition became true: whoever watches has to go back to before that step. */
  readonly hit?: WatchHit;
}

interface StepInFlight {
  readonly step: number;
  readonly probe: StepProbe | null;
  /** The loss, and what was measured beside it. Asked for behind the step itself: the steps that follow are not waited for. */
  readonly numbers: Promise<readonly [loss: number, measured: ArrayLike<number>]>;
}

/** The number of a loss and what was measured in its step; both tensors are disposed. */
function readNumbers(loss: tf.Tensor, measured: tf.Tensor | null): StepInFlight['numbers'] {
  const tensors = measured ? [loss, measured] : [loss];
  const read = readMany(tensors).then(([first, second]) => [first?.[0] ?? NaN, second ?? []] as const);
  tf.dispose(tensors);
  // Where a step fails nobody waits for those before it.
  read.catch(() => undefined);
  return read;
}

/** Hears of the steps of a training. */
export interface StepObserver {
  /** Before and behind the step of this number, from 1. */
  before?(step: number): void;
  after?(step: number): void;
  measured?(step: number, loss: number, test: Evaluation | undefined): void;
  /** The loss of this step was not finite. `restore` puts the weights after so many steps back, as long as they are remembered. */
  diverged?(step: number, restore: (step: number) => boolean): Promise<void>;
}

export interface StepsOptions {
  readonly source: Source;
  readonly objective: Objective;
  /** Steps done when it ends by itself. */
  readonly goal: number;
  /** Looks at a step that gave no finite loss, with the weights that it had. */
  readonly findWhere: (batch: Batch) => Promise<RunProblem | undefined>;
  readonly observers?: readonly StepObserver[];
  /** What is looked at beside the loss. */
  readonly measuring?: Measuring;
  /** The learning rate of a step, counted from 0. */
  readonly learningRate?: (step: number) => number;
  /** Steps that were told before are not told again, and the test split is left alone. */
  readonly isReplay?: boolean;
}

/** Steps until `goal`, a stop or a divergence. `kept.step` counts those whose weights are kept. */
export async function runSteps(
  kept: Trained,
  job: JobContext,
  { source, objective, goal, findWhere, observers = [], measuring, learningRate, isReplay = false }: StepsOptions,
): Promise<Ending> {
  const { model, optimizer } = kept;
  const metrics = new Metrics(job);
  const snapshots = new Snapshots(model);
  // A copy with the same Variables: the model's own modes stay as they are.
  const tested = withAttributes(model, modesFor(true), { raiseIfNotFound: false });
  const inFlight: StepInFlight[] = [];
  const check = (outputs: readonly tf.Tensor[]): void => objective.checkLabels(source.labels, outputs[0]?.shape ?? []);
  let diverged: { readonly step: number; readonly loss: number } | undefined;
  let where: RunProblem | undefined;
  let hit: WatchHit | undefined;
  let stopped = false;
  let pausedMs = tf.util.now();

  const stopHere = (): void => stopIfAsked(job);

  /** Undefined where it was stopped in its middle. */
  async function evaluateOrStop(): Promise<Evaluation | undefined> {
    try {
      return await evaluate(tested, source.testBatches(), objective, stopHere);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      stopped = true;
      return undefined;
    }
  }

  /** Waits for the oldest step, which is as good as waiting for the graphics card. */
  async function finishOne(test?: Evaluation): Promise<void> {
    const oldest = inFlight.shift();
    if (!oldest) return;
    const [loss, numbers] = await oldest.numbers;
    if (diverged || hit) return;
    const heard = measuring?.hear(oldest.step, loss, oldest.probe, numbers);
    if (heard?.hit && Number.isFinite(loss)) {
      hit = heard.hit;
      return;
    }
    const rate = learningRate && { learningRate: learningRate(oldest.step - 1) };
    if (!isReplay) metrics.add({ step: oldest.step, loss, ...test, ...heard?.norms, ...rate });
    for (const observer of observers) observer.measured?.(oldest.step, loss, test);
    if (!Number.isFinite(loss)) diverged = { step: oldest.step, loss };
    else snapshots.confirm(oldest.step - 1);
  }

  try {
    for (let isFirst = true; kept.step < goal && !stopped && !diverged && !hit; isFirst = false) {
      const batch = source.trainBatch(kept.step);
      snapshots.take(kept.step);
      for (const observer of observers) observer.before?.(kept.step + 1);
      const probe = measuring?.begin(kept.step + 1) ?? null;
      try {
        const loss = trainStep(model, optimizer, batch, objective, { check: isFirst ? check : undefined, stopIfAsked: stopHere, probe });
        inFlight.push({ step: kept.step + 1, probe, numbers: readNumbers(loss, probe?.finish() ?? null) });
      } catch (error) {
        if (!(error instanceof Stopped)) throw error;
        // Of a step that did not end nothing stays.
        snapshots.restore(kept.step);
        stopped = true;
        break;
      } finally {
        probe?.dispose();
        disposeBatch(batch);
      }
      kept.step += 1;
      for (const observer of observers) observer.after?.(kept.step);
      if (inFlight.length >= MAX_STEPS_IN_FLIGHT || isFirst) await finishOne();
      if (isFirst && job.backend === 'webgl') job.say({ kind: 'phase', name: 'training' });
      if (tf.util.now() - pausedMs > WORK_MS) {
        stopped = await job.pause();
        pausedMs = tf.util.now();
      }
      // A stop is answered at once; whoever trains to the end wants to know where it led.
      const isDue = !isReplay && (kept.step === goal || kept.step % source.stepsPerEpoch === 0);
      if (!stopped && !diverged && !hit && source.testRows > 0 && isDue) {
        while (inFlight.length > 1) await finishOne();
        await finishOne(diverged || hit ? undefined : await evaluateOrStop());
      }
    }
    while (inFlight.length > 0) await finishOne();
    metrics.tell();
    if (diverged) {
      for (const observer of observers) await observer.diverged?.(diverged.step, (step) => snapshots.restore(step) !== undefined);
      snapshots.restore(diverged.step - 1);
      const batch = source.trainBatch(diverged.step - 1);
      try {
        where = await findWhere(batch);
      } finally {
        disposeBatch(batch);
        kept.step = snapshots.restore() ?? kept.step;
      }
    }
  } finally {
    snapshots.dispose();
  }
  return { stopped, ...(hit ? { hit } : {}), ...(diverged ? { diverged: { ...diverged, where } } : {}) };
}

function disposeBatch({ inputs, labels }: Batch): void {
  tf.dispose([...inputs, ...(labels ? [labels] : [])]);
}
