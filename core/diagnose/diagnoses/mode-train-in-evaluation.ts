/** @file Layers that are evaluated as they are meant to be trained. */
import type { ModuleInfo } from '../../run/protocol.ts';
import { isModeName } from '../../nnx/modes.ts';
import { defineDiagnosis, type Found } from '../define.ts';
import type { Seen } from '../seen.ts';
import { modesOf } from '../shared/modes.ts';

const MOST = 8;
const NAMED_SO = /eval|test|infer|predict|valid/i;

export const modeTrainInEvaluationDiagnosis = defineDiagnosis({
  code: 'mode/train-in-evaluation',
  doc: 'A view that evaluates (it switches a mode on, or is named so) and leaves a Dropout or a BatchNorm in training: results change from run to run, or with what else is in the batch.',
  what: 'modes',
  look(seen) {
    const views = seen.views.filter(
      ({ name, attributes }) =>
        NAMED_SO.test(name) || Object.entries(attributes).some(([attribute, value]) => isModeName(attribute) && value === true),
    );
    const looks = views.map(({ name, modules }) => ({ what: `View "${name}"`, modes: modesOf(modules) }));
    const isEvaluation = seen.document.settings.findLast(({ kind }) => kind !== 'set')?.kind === 'eval';
    if (isEvaluation && seen.pass && seen.pass.view === null)
      looks.push({ what: 'The document, in evaluation by its settings,', modes: modesOf(seen.pass.modules) });
    const found = looks.flatMap(({ what, modes }) =>
      modes
        .filter((mode) => !mode.isEvaluation)
        .slice(0, MOST)
        .map(({ module, attribute }) => foundIn(seen, what, module, attribute)),
    );
    const checked = looks.reduce((sum, { modes }) => sum + modes.length, 0);
    return { found, checked, ...(looks.length === 0 ? { why: 'No view evaluates.' } : {}) };
  },
});

function foundIn({ places }: Seen, what: string, module: ModuleInfo, attribute: string): Found {
  const name = module.path.join('.') || 'the root';
  const call = places.callOf(module.path);
  const effect =
    attribute === 'useRunningAverage' ? 'its results hang on the rest of the batch, and its statistics move' : 'it drops values at random';
  return {
    severity: 'warning',
    path: call?.instance ?? module.path,
    node: call?.node ?? null,
    message: `${what} leaves ${name} (${module.type}) in training (${attribute} is off): ${effect}.`,
    evidence: { view: what, module: name, attribute },
    fix: `Set ${attribute} in it, for everything.`,
  };
}
