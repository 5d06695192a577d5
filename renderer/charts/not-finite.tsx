/** @file What is not finite among the numbers of a tensor: how many of which, in their colours. */
import { isNotFinite, type Statistics } from '../../core/run/index.ts';
import { NOT_FINITE } from '../ui/color-scales.ts';
import { formatCount, formatNumber } from '../ui/format.ts';
import { notFiniteColor, notFiniteText, statisticText } from './not-finite-text.ts';

/** One statistic of all numbers; in its colour where they are not finite, and as a norm with their counts. */
export function StatisticValue({ summary, name }: { readonly summary: Statistics; readonly name: 'mean' | 'std' | 'norm' }) {
  if (!isNotFinite(summary)) return formatNumber(summary[name]);
  return (
    <b
      className="not-finite"
      style={{ color: notFiniteColor(summary) }}
      title={`${notFiniteText(summary)} of ${formatCount(summary.count)}`}
    >
      {name === 'norm' ? notFiniteText(summary) : statisticText(summary, name)}
    </b>
  );
}

/** The counts, each in its colour; nothing where all is finite. */
export function NotFiniteCounts({ summary: { nans, infinities, count } }: { readonly summary: Statistics }) {
  if (nans + infinities === 0) return null;
  return (
    <p className="not-finite-counts">
      {nans > 0 && <b style={{ color: NOT_FINITE.nan }}>■ {formatCount(nans)} NaN</b>}
      {infinities > 0 && <b style={{ color: NOT_FINITE.infinite }}>■ {formatCount(infinities)} infinite</b>}
      <span>of {formatCount(count)} numbers</span>
    </p>
  );
}
