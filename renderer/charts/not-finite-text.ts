/** @file What is not finite among the numbers of a tensor, in words and colours. Pure. */
import type { Statistics } from '../../core/run/index.ts';
import { NOT_FINITE } from '../ui/color-scales.ts';
import { formatCount, formatNumber } from '../ui/format.ts';

/** A statistic of all numbers. Those of a tensor with a NaN are NaN; of infinities the sign is not known. */
export function statisticText(summary: Statistics, name: 'mean' | 'std' | 'norm'): string {
  if (summary.nans > 0) return 'NaN';
  if (summary.infinities === 0 || name === 'norm') return formatNumber(summary[name]);
  return name === 'std' ? 'NaN' : 'infinite';
}

/** `1,600 NaN, 3 infinite`; empty where all is finite. */
export function notFiniteText({ nans, infinities }: Statistics): string {
  return [nans > 0 && `${formatCount(nans)} NaN`, infinities > 0 && `${formatCount(infinities)} infinite`].filter(Boolean).join(', ');
}

/** The colour of a statistic of all numbers; none where they are finite. */
export function notFiniteColor({ nans, infinities }: Statistics): string | undefined {
  return nans > 0 ? NOT_FINITE.nan : infinities > 0 ? NOT_FINITE.infinite : undefined;
}
