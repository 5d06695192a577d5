/** @file One tensor of a run: statistics, histogram, heat map, and the first numbers. */
import { formatNumber } from '../../ui/format.ts';
import { Histogram } from '../../charts/histogram.tsx';
import type { TensorKind } from '../../charts/planes.ts';
import { Statistics } from '../../charts/statistics.tsx';
import { TensorPicture } from '../../charts/tensor-picture.tsx';
import { Pin, PinOff } from 'lucide-react';
import { useMemo } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { statisticsByKey } from '../../state/runs/by-key.ts';
import { comparedRun } from '../../state/runs/kept-runs.ts';
import type { BinSpan } from '../../state/runs/run-client.ts';
import type { PinnedValue } from '../../state/runs/store.ts';
import { useRunClient, useRuns, useSummary } from '../../hooks/runs.ts';
import type { Statistics as Counted, Summary } from '../../../core/run/index.ts';
import type { Measured } from './subjects.ts';

interface MeasuredCardProps {
  readonly title: string;
  readonly label: string;
  readonly kind: TensorKind;
  readonly measured: Measured;
}

export function MeasuredCard({ title, label, kind, measured: { key, summary } }: MeasuredCardProps) {
  const other = useOther(key);
  // Compared runs are counted on the same bins.
  const span = useMemo(() => (other ? spanOf(summary, other.summary) : undefined), [summary, other]);
  const found = useSummary(
    useRuns((state) => state.result?.record.id ?? 0),
    key,
    span,
  );
  const there = useSummary(other?.run ?? null, key, span);
  const seen = found && 'head' in found ? found : null;
  const message = found && 'message' in found ? found.message : undefined;
  return (
    <section className="measured" aria-label={label}>
      <header className="measured-head">
        <h4>{title}</h4>
        <PinButton pin={{ key, title: label }} />
      </header>
      <div className="measured-body">
        <Statistics summary={summary} label={`${label}: statistics`} other={other} />
        {seen ? (
          <Histogram
            summary={seen}
            label={label}
            other={other && there && 'head' in there ? { name: other.name, summary: there } : undefined}
          />
        ) : (
          <p className="plot-empty histogram">{message ?? 'Counting …'}</p>
        )}
        <TensorPicture valueKey={key} summary={summary} kind={kind} label={label} />
      </div>
      {seen && seen.head.length > 0 && <FirstNumbers id={key} head={seen.head} />}
    </section>
  );
}

function FirstNumbers({ id, head }: { readonly id: string; readonly head: Summary['head'] }) {
  return (
    <details>
      <summary>First {head.length} numbers</summary>
      <ol className="head-numbers">
        {head.map((value, index) => (
          // The place in the tensor is what identifies a number.
          <li
            key={`${id} ${String(index)}`}
            data-not-finite={Number.isNaN(value) ? 'nan' : Number.isFinite(value) ? undefined : 'infinite'}
          >
            {formatNumber(value)}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** What both lie within; undefined where one has no finite number. */
function spanOf(a: Counted, b: Counted): BinSpan | undefined {
  if (a.min === null || a.max === null || b.min === null || b.max === null) return undefined;
  return { low: Math.min(a.min, b.min), high: Math.max(a.max, b.max) };
}

/** The same value in the run that the one which is looked at is compared with. */
function useOther(key: string) {
  const own = useRuns((state) => state.result?.name ?? '');
  const compared = useRuns(comparedRun);
  const summary = compared && statisticsByKey(compared.result).get(key);
  return compared && summary ? { run: compared.record.id, own, name: compared.name, summary } : undefined;
}

function PinButton({ pin }: { readonly pin: PinnedValue }) {
  const client = useRunClient();
  const isPinned = useRuns((state) => state.pins.some(({ key }) => key === pin.key));
  return (
    <IconButton
      label={`${isPinned ? 'Unpin' : 'Pin'} ${lowerFirst(pin.title)}`}
      size="small"
      isPressed={isPinned}
      icon={isPinned ? <PinOff size={12} /> : <Pin size={12} />}
      onPress={() => client.togglePin(pin)}
    />
  );
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
