/** @file Quantiles by step as the columns of a plot. Pure. */
import type { StepSpread } from '../../../core/run/index.ts';

const COUNT = 7;

/** Steps, and a column for each quantile from the least to the greatest; null where there is none. */
export function bandColumns(spreads: readonly StepSpread[], at: number): readonly (readonly (number | null)[])[] {
  const quantiles = spreads.map(({ values }) => values[at]?.quantiles ?? null);
  return [spreads.map(({ step }) => step), ...Array.from({ length: COUNT }, (_, i) => quantiles.map((each) => each?.[i] ?? null))];
}
