/** @file Values that were to be sown, and are nowhere to be found. */
import { defineDiagnosis, notChecked, type Found } from '../define.ts';
import { probeAt } from '../shared/probe-at.ts';
import { silentProbes } from '../shared/silent-probes.ts';

export const sowNotCapturedDiagnosis = defineDiagnosis({
  code: 'sow/not-captured',
  doc: 'A sow that never ran, whose type no capture asked for, or whose value another of the same name hides: Flax drops it without a word.',
  what: 'sows',
  look(seen) {
    const { pass } = seen;
    if (!pass) return notChecked('There was no pass.');
    const silent = silentProbes(seen, pass, 'sow');
    const never = silent.map(({ path, name, node, probe, type }): Found => ({
      severity: 'warning',
      path,
      node,
      message: `sow('${name}') in ${path.join('.') || type} never ran: the forward pass does not come there, so nothing is captured under its name.`,
      evidence: { probe: name, module: path.join('.') },
      fix: 'Call the Module, or remove the probe.',
      mends: [{ kind: 'removeProbe', label: 'Remove the probe', probe }],
    }));
    const dropped = pass.diagnostics
      .filter(({ code }) => code === 'sow-dropped' || code === 'name-collision' || code === 'method-outputs-dropped')
      .map(({ code, path, name, message }): Found => {
        const place = probeAt(seen, [...(path ?? []), name ?? ''], 'sow').place;
        return {
          severity: 'warning',
          path: path ?? [],
          node: place,
          message,
          evidence: { probe: name, reason: code },
          fix: 'Capture its type, or give it a name of its own.',
        };
      });
    return { found: [...never, ...dropped], checked: pass.captured.filter(({ kind }) => kind === 'sow').length + silent.length };
  },
});
