/** @file One tensor of a run: statistics, histogram, heat map, and the first numbers. */
import { formatNumber } from '../../ui/format.ts';
import { HeatMap } from '../../charts/heat-map.tsx';
import { Histogram } from '../../charts/histogram.tsx';
import type { TensorKind } from '../../charts/planes.ts';
import { Statistics } from '../../charts/statistics.tsx';
import type { Measured } from './subjects.ts';

interface MeasuredCardProps {
  readonly title: string;
  readonly label: string;
  readonly kind: TensorKind;
  readonly measured: Measured;
}

export function MeasuredCard({ title, label, kind, measured: { key, summary } }: MeasuredCardProps) {
  return (
    <section className="measured" aria-label={label}>
      <h4>{title}</h4>
      <div className="measured-body">
        <Statistics summary={summary} label={`${label}: statistics`} />
        <Histogram summary={summary} label={label} />
        <HeatMap valueKey={key} summary={summary} kind={kind} label={label} />
      </div>
      <details>
        <summary>First {summary.head.length} numbers</summary>
        <ol className="head-numbers">
          {summary.head.map((value, index) => (
            // The place in the tensor is what identifies a number.
            <li
              key={`${key} ${String(index)}`}
              data-not-finite={Number.isNaN(value) ? 'nan' : Number.isFinite(value) ? undefined : 'infinite'}
            >
              {formatNumber(value)}
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}
