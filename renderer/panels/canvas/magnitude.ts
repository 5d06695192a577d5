/** @file The heat overlay: one number per wire of the latest run, on a scale that all wires of the model share. */
import type { Summary, WireResult } from '../../../core/run/index.ts';
import type { OverlayMetric } from '../../state/session/store.ts';

/** What an overlay reads off a wire; null where the run has no such number. */
export const OVERLAYS: Readonly<
  Record<Exclude<OverlayMetric, 'none'>, { readonly label: string; readonly read: (wire: WireResult) => number | null }>
> = {
  gradientNorm: { label: 'Gradient size', read: (wire) => wire.gradient?.norm ?? null },
  valueStd: { label: 'Spread of values', read: (wire) => wire.value.std },
  valueMean: { label: 'Mean of values', read: (wire) => wire.value.mean },
  zeros: { label: 'Share of zeros', read: (wire) => share(wire.value, wire.value.zeros) },
  nans: { label: 'Share of NaN or infinite', read: (wire) => share(wire.value, wire.value.nans + wire.value.infinities) },
};

function share(summary: Summary, part: number): number | null {
  return summary.count === 0 ? null : part / summary.count;
}

export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Norms span decades: their scale is logarithmic. */
  readonly isLog: boolean;
}

/** The span of a metric over all wires; null where nothing was measured. */
export function scaleOf(wires: readonly WireResult[], metric: Exclude<OverlayMetric, 'none'>): Scale | null {
  const { read } = OVERLAYS[metric];
  const values = wires.map(read).filter((value): value is number => value !== null && Number.isFinite(value));
  if (values.length === 0) return null;
  const isLog = metric === 'gradientNorm' || metric === 'valueStd';
  const used = isLog ? values.filter((value) => value > 0) : values;
  return { low: Math.min(...(used.length ? used : [0])), high: Math.max(...(used.length ? used : [0])), isLog };
}

/** Where a value lies on the scale, from 0 to 1. A scale without span puts everything in the middle. */
export function positionOn(scale: Scale, value: number): number {
  if (scale.isLog && value <= 0) return 0;
  const at = scale.isLog ? Math.log : (x: number) => x;
  const span = at(scale.high) - at(scale.low);
  return span > 0 ? Math.min(1, Math.max(0, (at(value) - at(scale.low)) / span)) : 0.5;
}
