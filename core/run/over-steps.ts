/** @file How values, gradients and parameters were distributed at every step of a training that is kept: on the same rows at each. */
import { describeModules } from './describe.ts';
import { dispose } from '../nnx/dispose.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import type { Source } from '../spec/source.ts';
import { readMany } from '../tensor/read-many.ts';
import { tf } from '../tensor/tf.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { ValueKey } from './ids.ts';
import { type JobContext, pauseOrStop } from './jobs.ts';
import type { Standing } from './moment.ts';
import { openObjective } from './objective.ts';
import { openData } from './open-data.ts';
import { type OpenedModel, openModel } from './open-model.ts';
import { disposePass, runPass } from './pass.ts';
import { keepPass } from './pass-result.ts';
import type { Assets, StepSpread } from './protocol.ts';
import { quantilesOf, sampled } from './quantiles.ts';
import { RunValues } from './values.ts';

export interface Wanted {
  readonly keys: readonly ValueKey[];
  readonly assets: Assets;
  /** The rows that each step is run on. */
  readonly batch: number;
}

/** One entry for each step that is kept; null in it where a value is not in the run. The training itself is left alone. */
export async function spreadsOverSteps(
  kept: Standing,
  checkpoints: Checkpoints,
  { keys, assets, batch }: Wanted,
  job: JobContext,
): Promise<readonly StepSpread[]> {
  const { document } = kept;
  const opened = openModel(document);
  const spreads: StepSpread[] = [];
  try {
    const source = openData(document, opened.inputs, assets);
    const { steps } = checkpoints;
    for (const [i, step] of steps.entries()) {
      job.say({ kind: 'phase', name: 'looking over steps', share: i / steps.length });
      await pauseOrStop(job);
      checkpoints.at(step)!.restoreModel(document, opened.model);
      spreads.push({ step, values: await spreadsAt(opened, kept, source, batch, keys) });
    }
    return spreads;
  } finally {
    dispose(opened.model);
  }
}

async function spreadsAt(
  opened: OpenedModel,
  { document }: Standing,
  source: Source,
  which: number,
  keys: readonly ValueKey[],
): Promise<StepSpread['values']> {
  const { model, outputNames } = opened;
  const values = new RunValues();
  const batch = source.trainBatch(which);
  try {
    const ignore = (): void => undefined;
    const options = { document, labels: source.labels, objective: openObjective(document.run), onDiagnostic: ignore, onBackward: ignore };
    const pass = await runPass(opened, batch, options);
    keepPass(pass, values, outputNames, describeModules(model), variablesBelow(model));
    disposePass({ loss: pass.loss, correct: pass.correct, states: pass.states });
    const found = keys.map((key) => values.find(key));
    const samples = tf.tidy(() => found.flatMap((tensor) => (tensor ? [sampled(tensor)] : [])));
    const read = await readMany(samples);
    tf.dispose(samples);
    return found.map((tensor) => (tensor ? quantilesOf(read.shift()!) : null));
  } finally {
    values.dispose();
    tf.dispose([...batch.inputs, ...(batch.labels ? [batch.labels] : [])]);
  }
}
