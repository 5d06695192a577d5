/** @file Perturbations that the loss does not hang on. */
import { defineDiagnosis, notChecked, type Found } from '../define.ts';
import { probeAt } from '../shared/probe-at.ts';
import { silentProbes } from '../shared/silent-probes.ts';

export const perturbationUnusedDiagnosis = defineDiagnosis({
  code: 'perturbation/unused',
  doc: 'A perturbation whose value does not reach the loss: Flax gives a gradient of zeros without a word.',
  what: 'perturbations',
  look(seen) {
    const { pass } = seen;
    if (!pass) return notChecked('There was no pass.');
    const found = pass.unreached.map((path) => {
      const { probe, place, name } = probeAt(seen, path, 'perturb');
      return {
        severity: 'warning' as const,
        path: path.slice(0, -1),
        node: place,
        message: `The value behind perturb('${name}') does not reach the loss, so its gradient is 0 and says nothing.`,
        evidence: { probe: name },
        fix: 'Wire what follows the probe to an output, or remove the probe.',
        mends: probe ? [{ kind: 'removeProbe' as const, label: 'Remove the probe', probe }] : [],
      };
    });
    const never = silentProbes(seen, pass, 'perturb').map(({ path, name, node, probe, type }): Found => ({
      severity: 'warning',
      path,
      node,
      message: `perturb('${name}') in ${path.join('.') || type} never ran: the forward pass does not come there, so it has no gradient.`,
      evidence: { probe: name },
      fix: 'Call the Module, or remove the probe.',
      mends: [{ kind: 'removeProbe', label: 'Remove the probe', probe }],
    }));
    const checked = pass.captured.filter(({ kind }) => kind === 'perturb').length + never.length;
    return { found: [...found, ...never], checked };
  },
});
