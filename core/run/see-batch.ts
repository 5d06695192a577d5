/** @file A pass that is run to be looked at: what is made for it is freed when the look is over. */
import type { Seen, SeenPass } from '../diagnose/seen.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import type { Diagnostic } from '../nnx/diagnostics.ts';
import type { Batch, Source } from '../spec/source.ts';
import { tf } from '../tensor/tf.ts';
import { describeModules } from './describe.ts';
import { measurePass } from './measure-pass.ts';
import { openObjective } from './objective.ts';
import type { OpenedModel } from './open-model.ts';
import { runPass } from './pass.ts';
import { keepPass } from './pass-result.ts';
import { seePass } from './see-pass.ts';
import { RunValues } from './values.ts';

const ignore = (): void => undefined;

/** Disposes the batch. `look` sees tensors that live until it resolves. */
export async function seeBatch<T>(
  opened: OpenedModel,
  batch: Batch,
  { document, places, source }: Pick<Seen, 'document' | 'places'> & { readonly source: Source },
  at: Pick<SeenPass, 'step' | 'isFresh'>,
  look: (pass: SeenPass) => Promise<T>,
): Promise<T> {
  const { model, outputNames } = opened;
  const values = new RunValues();
  const diagnostics: Diagnostic[] = [];
  try {
    const objective = openObjective(document.run);
    const pass = await runPass(opened, batch, {
      document,
      labels: source.labels,
      objective,
      onDiagnostic: (each) => diagnostics.push(each),
      onBackward: ignore,
    });
    const draft = keepPass(pass, values, outputNames, describeModules(model), variablesBelow(model));
    const numbers = await measurePass(pass, draft, values, batch.labels?.size ?? 0);
    return await look(seePass({ document, opened, pass, places, view: null, diagnostics, ...numbers, ...at }));
  } finally {
    values.dispose();
    tf.dispose([...batch.inputs, ...(batch.labels ? [batch.labels] : [])]);
  }
}
