/** @file A pass that is only looked at: whether all of its numbers are finite, and where the first is that is not. */
import type { ModelDocument } from '../document/schema.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import type { RunProblem } from '../spec/run-error.ts';
import type { Batch, Source } from '../spec/source.ts';
import { describeModules } from './describe.ts';
import { measurePass } from './measure-pass.ts';
import { findNonFinite } from './non-finite.ts';
import type { Objective } from './objective.ts';
import type { OpenedModel } from './open-model.ts';
import { runPass } from './pass.ts';
import { keepPass } from './pass-result.ts';
import { RunValues } from './values.ts';

const ignore = (): void => undefined;

/** Leaves no tensor behind; random streams and statistics of the model move as in every pass. The batch stays the caller's. */
export async function findWhere(
  opened: OpenedModel,
  batch: Batch,
  document: ModelDocument,
  { labels }: Source,
  objective: Objective,
): Promise<RunProblem | undefined> {
  const { model, outputNames } = opened;
  const values = new RunValues();
  try {
    const pass = await runPass(opened, batch, { document, labels, objective, onDiagnostic: ignore, onBackward: ignore });
    const draft = keepPass(pass, values, outputNames, describeModules(model), variablesBelow(model));
    const { loss, measured } = await measurePass(pass, draft, values, batch.labels?.size ?? 0);
    return findNonFinite(document, { loss, ...measured });
  } finally {
    values.dispose();
  }
}
