/** @file The scale of a heat map, with the colours of what is not finite where there is any. */
import type { Statistics } from '../../core/run/index.ts';
import { cssColor, NOT_FINITE_RGB, type Rgb, sampleScale } from '../ui/color-scales.ts';
import { formatNumber } from '../ui/format.ts';
import { scaleOfRange, type Range } from './heat-colors.ts';

export function ColorBar({ range, summary }: { readonly range: Range; readonly summary: Statistics }) {
  const stops = [0, 0.25, 0.5, 0.75, 1].map((at) => cssColor(sampleScale(scaleOfRange(range), at))).join(', ');
  return (
    <span className="color-bar">
      {formatNumber(range.low)}
      <span style={{ background: `linear-gradient(to right, ${stops})` }} />
      {formatNumber(range.high)}
      {summary.nans > 0 && <Mark color={NOT_FINITE_RGB.nan} text="NaN" />}
      {summary.infinities > 0 && <Mark color={NOT_FINITE_RGB.infinite} text="infinite" />}
    </span>
  );
}

function Mark({ color, text }: { readonly color: Rgb; readonly text: string }) {
  return (
    <b>
      <i style={{ color: cssColor(color) }}>■</i> {text}
    </b>
  );
}
