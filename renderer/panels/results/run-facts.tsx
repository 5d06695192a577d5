/** @file The heading of a run: its loss, whose weights it used, whether it is stale, and what of it is not finite. */
import { type RunResult, weightsText } from '../../../core/run/index.ts';
import { NotFiniteNote } from '../../charts/not-finite-note.tsx';
import { useWhyStale } from '../../hooks/derived.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';

function Fact({ name, value, isBad = false }: { readonly name: string; readonly value: string; readonly isBad?: boolean }) {
  return (
    <div data-bad={isBad || undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

export function RunFacts({ result }: { readonly result: RunResult }) {
  const stale = useWhyStale();
  const { loss, accuracy, weights, elapsedMs, wires } = result;
  return (
    <>
      <div className="run-head">
        <dl className="run-facts" aria-label="Run">
          <Fact name="Loss" value={formatNumber(loss)} isBad={!Number.isFinite(loss)} />
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
