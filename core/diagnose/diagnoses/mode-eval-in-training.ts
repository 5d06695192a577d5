/** @file Layers that are trained as they are meant to be tested. */
import { defineDiagnosis, notChecked } from '../define.ts';
import { modesOf } from '../shared/modes.ts';

/** A filter may put very many Modules in a mode: so many are named one by one. */
const MOST = 8;

export const modeEvalInTrainingDiagnosis = defineDiagnosis({
  code: 'mode/eval-in-training',
  doc: 'A Dropout that drops nothing, or a BatchNorm that neither takes nor learns statistics, because the settings put it in evaluation while the model is trained. Of a run it is a note: it may be meant.',
  what: 'modes',
  look({ task, pass, places, document }) {
    if (!pass) return notChecked('There was no pass.');
    if (pass.view !== null) return notChecked('The run went through a view.');
    const modes = modesOf(pass.modules);
    const inEvaluation = modes.filter(({ isEvaluation }) => isEvaluation);
    const setting = document.settings.findLast(({ kind }) => kind === 'eval' || kind === 'set');
    const found = inEvaluation.slice(0, MOST).map(({ module, attribute }) => {
      const name = module.path.join('.') || 'the root';
      const call = places.callOf(module.path);
      const effect = attribute === 'useRunningAverage' ? 'it normalises with stored statistics and learns none' : 'it drops nothing';
      return {
        severity: task === 'train' ? ('warning' as const) : ('note' as const),
        path: call?.instance ?? module.path,
        node: call?.node ?? null,
        message: `${name} (${module.type}) is in evaluation (${attribute} is on) ${task === 'train' ? 'while the model is trained' : 'in the settings of the document, and so it would be trained'}: ${effect}.`,
        evidence: { module: name, attribute, inEvaluation: inEvaluation.length, modes: modes.length },
        fix: 'Remove the setting that puts it in evaluation; use a view to evaluate.',
        mends: setting?.kind === 'eval' ? [{ kind: 'removeSetting' as const, label: 'Remove eval()', setting: setting.id }] : [],
      };
    });
    return { found, checked: modes.length };
  },
});
