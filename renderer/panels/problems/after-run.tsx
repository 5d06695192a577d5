/** @file What the diagnoses found in a run: under the problems that the document has by itself. */
import { CircleX, Info, TriangleAlert, Wrench } from 'lucide-react';
import { type Checked, type Diagnosed, fixesOfDiagnosis } from '../../../core/diagnose/index.ts';
import { applyFix } from '../../commands/apply-fix.ts';
import { showPath } from '../../commands/show-place.ts';
import { useHashFor } from '../../hooks/derived.ts';
import { useServices } from '../../hooks/services.ts';
import type { Diagnosis } from '../../state/runs/store.ts';
import { formatPath } from '../../state/paths.ts';
import { Button } from '../../ui/button.tsx';
import { formatPlural } from '../../ui/format.ts';

export function AfterRun({ diagnosis }: { readonly diagnosis: Diagnosis }) {
  const { report, hash } = diagnosis;
  const present = useHashFor(diagnosis);
  const { diagnoses, checked } = report;
  return (
    <section className="after-run" aria-labelledby="after-run">
      <h3 id="after-run">After the run</h3>
      <p className="hint">
        {summaryOf(report)}
        {present !== null && present !== hash && ' The document has changed since: run and diagnose again.'}
      </p>
      {diagnoses.length > 0 && (
        <ul aria-label="Found in the run">
          {diagnoses.map((found) => (
            <DiagnosisRow key={JSON.stringify([found.code, found.path, found.node, found.message])} found={found} />
          ))}
        </ul>
      )}
      <details>
        <summary>What was looked at</summary>
        <ul className="checked" aria-label="What was looked at">
          {checked.map((each) => (
            <li key={each.code}>
              <code>{each.code}</code> <span>{checkedText(each)}</span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

const SIGNS = {
  error: { Sign: CircleX, name: 'Error' },
  warning: { Sign: TriangleAlert, name: 'Warning' },
  note: { Sign: Info, name: 'Note' },
} as const;

function DiagnosisRow({ found }: { readonly found: Diagnosed }) {
  const services = useServices();
  const { Sign, name } = SIGNS[found.severity];
  return (
    <li className="problem-row">
      <button
        type="button"
        className="problem"
        data-kind={found.severity === 'note' ? 'unfinished' : found.severity}
        onClick={() => showPath(services, found.path, found.node)}
      >
        <Sign size={14} aria-label={name} />
        <span>
          {found.message} <i>{found.fix}</i>
        </span>
        <small>
          {found.path.length > 0 && `${formatPath(found.path)} `}
          {found.code}
        </small>
      </button>
      {found.mends.length > 0 && (
        <div className="problem-fixes">
          {fixesOfDiagnosis(found).map((fix) => (
            <Button key={fix.label} size="small" onPress={() => applyFix(services, fix)}>
              <Wrench size={12} aria-hidden /> {fix.label}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}

function summaryOf({ diagnoses, checked }: Diagnosis['report']): string {
  const asked = checked.filter((each) => each.checked > 0 || each.found > 0).length;
  const found = diagnoses.length === 0 ? 'nothing is found' : `${formatPlural(diagnoses.length, 'thing')} found`;
  return `${asked} of ${checked.length} diagnoses had something to look at; ${found}.`;
}

function checkedText({ what, checked, notChecked, found, why }: Checked): string {
  return [
    `${checked} ${what}`,
    ...(found > 0 ? [`${found} found`] : []),
    ...(notChecked > 0 ? [`${notChecked} not checked`] : []),
    ...(why ? [why] : []),
  ].join(', ');
}
