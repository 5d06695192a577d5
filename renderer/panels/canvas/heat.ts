/** @file The heat of a place on the canvas, for nodes, boxes and wires alike. */
import { useMemo } from 'react';
import type { RunResult, WireResult } from '../../../core/run/index.ts';
import { memoByIdentity } from '../../state/derived/memo.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useSession } from '../../hooks/session.ts';
import type { OverlayMetric } from '../../state/session/store.ts';
import { cssColor, sampleScale, VIRIDIS } from '../../ui/color-scales.ts';
import { OVERLAYS, positionOn, scaleOf, type Scale } from './magnitude.ts';

export interface Heat {
  readonly value: number;
  readonly color: string;
}

type Shown = Exclude<OverlayMetric, 'none'>;

const scalesByResult = memoByIdentity((_result: RunResult) => new Map<Shown, Scale | null>());

/** The scale of the chosen metric over the whole model; null where no overlay is on or nothing was measured. */
export function useHeatScale(): { readonly metric: Shown; readonly scale: Scale } | null {
  const metric = useSession((state) => state.overlay);
  const result = useRuns((state) => state.result?.result);
  return useMemo(() => {
    if (metric === 'none' || !result) return null;
    const scales = scalesByResult(result);
    if (!scales.has(metric)) scales.set(metric, scaleOf(result.wires, metric));
    const scale = scales.get(metric);
    return scale ? { metric, scale } : null;
  }, [metric, result]);
}

/** The heat of what left a port: over several calls, the largest. */
export function useHeat(wires: readonly WireResult[]): Heat | null {
  const shown = useHeatScale();
  if (!shown) return null;
  const values = wires.map(OVERLAYS[shown.metric].read).filter((value): value is number => value !== null && Number.isFinite(value));
  if (values.length === 0) return null;
  const value = Math.max(...values);
  return { value, color: cssColor(sampleScale(VIRIDIS, positionOn(shown.scale, value))) };
}
