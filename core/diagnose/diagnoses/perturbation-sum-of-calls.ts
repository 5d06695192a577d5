/** @file One perturbation for several calls. */
import { defineDiagnosis, notChecked } from '../define.ts';
import { probeAt } from '../shared/probe-at.ts';

export const perturbationSumOfCallsDiagnosis = defineDiagnosis({
  code: 'perturbation/sum-of-calls',
  doc: 'A perturbation in a Module that is called several times: Flax has one place for it, and gives the sum of the gradients.',
  what: 'perturbations',
  look(seen) {
    const { pass } = seen;
    if (!pass) return notChecked('There was no pass.');
    const perturbed = pass.captured.filter(({ kind }) => kind === 'perturb');
    const found = perturbed
      .filter(({ calls }) => calls > 1)
      .map(({ path, calls }) => {
        const { place, name } = probeAt(seen, path, 'perturb');
        return {
          severity: 'warning' as const,
          path: path.slice(0, -1),
          node: place,
          message: `perturb('${name}') ran ${calls} times: its gradient is the sum over these calls, not that of one.`,
          evidence: { probe: name, calls },
          fix: 'Look at the wire, which has a gradient for each call.',
        };
      });
    return { found, checked: perturbed.length };
  },
});
