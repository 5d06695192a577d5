/** @file Going to a step of a training that was taken before. */
import { fail } from '../spec/run-error.ts';
import { keepWhereItStands } from './checkpoint-taker.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { JobContext } from './jobs.ts';
import type { Standing } from './moment.ts';
import { openObjective } from './objective.ts';
import { openData } from './open-data.ts';
import { inputsOf } from './open-model.ts';
import type { Assets } from './protocol.ts';
import { runSteps, type Trained } from './run-steps.ts';

/**
 * Puts a training back to where it stood after so many steps: from the last checkpoint at or before it, by the steps between, which give the
 * same numbers again. Where it is stopped on the way, `kept.step` tells how far it came. @throws RunError where no checkpoint leads there.
 */
export async function goTo(
  kept: Standing & Trained,
  checkpoints: Checkpoints,
  step: number,
  assets: Assets,
  job: JobContext,
): Promise<void> {
  // The present step may be one that no checkpoint leads to again.
  if (!checkpoints.at(kept.step)) keepWhereItStands(kept, checkpoints, job);
  const moment = Number.isInteger(step) && step <= (checkpoints.steps.at(-1) ?? 0) ? checkpoints.nearest(step) : undefined;
  if (!moment)
    return fail(
      'train/no-checkpoint',
      `Expected a step of the training that is kept (${checkpoints.steps.join(', ') || 'none'}), got ${step}.`,
      'Go to one of these.',
    );
  const { document } = kept;
  const source = moment.step === step ? null : openData(document, inputsOf(document), assets);
  moment.restoreInto(kept);
  kept.step = moment.step;
  if (!source) return;
  job.say({ kind: 'phase', name: 'going back', share: 0 });
  const objective = openObjective(document.run);
  await runSteps(kept, job, { source, objective, goal: step, findWhere: () => Promise.resolve(undefined), isReplay: true });
}
