/** @file The heading of a run: its loss, whose weights it used, whether it is stale, and what of it is not finite. */
import { weightsText } from '../../../core/run/index.ts';
import { NotFiniteNote } from '../../charts/not-finite-note.tsx';
import { useWhyStale } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import type { KeptResult } from '../../state/runs/store.ts';
import { titleOfPlace } from '../../state/runs/title-of-place.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';

function Fact({ name, value, isBad = false }: { readonly name: string; readonly value: string; readonly isBad?: boolean }) {
  return (
    <div data-bad={isBad || undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

export function RunFacts({ run: { result, record } }: { readonly run: KeptResult }) {
  const stale = useWhyStale();
  const document = useDocument((present) => present);
  const { upTo, asStep } = record;
  const { loss, accuracy, weights, elapsedMs, wires } = result;
  return (
    <>
      <div className="run-head">
        <dl className="run-facts" aria-label="Run">
          {upTo ? (
            <Fact name="Only up to" value={titleOfPlace(document, upTo)} />
          ) : (
            <Fact name="Loss" value={formatNumber(loss)} isBad={!Number.isFinite(loss)} />
          )}
          {asStep !== undefined && <Fact name="As step" value={formatCount(asStep)} />}
          {accuracy !== undefined && <Fact name="Accuracy" value={`${formatNumber(accuracy * 100)} %`} isBad={Number.isNaN(accuracy)} />}
          <Fact name="Weights" value={weightsText(weights)} />
          <Fact name="Time" value={`${formatNumber(elapsedMs)} ms`} />
          <Fact name="Wires" value={formatCount(wires.length)} />
        </dl>
        {stale && <span className="badge warning">Stale: {stale}</span>}
      </div>
      <NotFiniteNote />
    </>
  );
}
