/** @file The heat of a place on the canvas, for nodes, boxes and wires alike. */
import { type CSSProperties, useMemo } from 'react';
import type { NodeId } from '../../../core/document/index.ts';
import type { RunResult } from '../../../core/run/index.ts';
import { memoByIdentity } from '../../state/derived/memo.ts';
import { wiresOfNode } from '../../state/runs/lookup.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useSession } from '../../hooks/session.ts';
import type { Overlay, Seen } from '../../overlays/overlay.ts';
import { findOverlay } from '../../overlays/overlays.ts';
import { positionOn, scaleOf, worstOf, type Scale } from '../../overlays/scale.ts';
import { cssColor, NOT_FINITE, sampleScale, VIRIDIS } from '../../ui/color-scales.ts';

export interface Heat {
  readonly value: number;
  readonly color: string;
}

interface ShownOverlay {
  readonly overlay: Overlay;
  readonly scale: Scale;
}

const ROOT: readonly [] = [];
const scalesByResult = memoByIdentity((_result: RunResult) => new Map<Overlay, Scale | null>());

/** The scale of the chosen overlay over the whole model; null where none is on or nothing was measured. */
export function useHeatScale(): ShownOverlay | null {
  const id = useSession((state) => state.overlay);
  const result = useRuns((state) => state.result?.result);
  return useMemo(() => {
    const overlay = findOverlay(id);
    if (!overlay || !result) return null;
    const scales = scalesByResult(result);
    if (!scales.has(overlay)) scales.set(overlay, scaleOf([...result.wires, ...result.insides], overlay));
    const scale = scales.get(overlay);
    return scale ? { overlay, scale } : null;
  }, [id, result]);
}

/** Over several calls, what is not finite, else the largest. */
function heatOf(seen: readonly Seen[], { overlay, scale }: ShownOverlay): Heat | null {
  const value = worstOf(seen, overlay);
  if (value === null) return null;
  if (Number.isNaN(value)) return { value, color: NOT_FINITE.nan };
  if (!Number.isFinite(value)) return { value, color: NOT_FINITE.infinite };
  return { value, color: cssColor(sampleScale(VIRIDIS, positionOn(scale, value))) };
}

/** The heat of what left a port or a Module. */
export function useHeat(seen: readonly Seen[]): Heat | null {
  const shown = useHeatScale();
  return shown && heatOf(seen, shown);
}

/** The colour of any node of the open graph, for whoever draws all of them; null where no overlay is on. */
export function useNodeColors(): ((node: NodeId) => string | undefined) | null {
  const shown = useHeatScale();
  const result = useRuns((state) => state.result?.result);
  const instance = useSession((state) => state.open.at(-1)?.instance) ?? ROOT;
  return useMemo(() => shown && ((node: NodeId) => heatOf(wiresOfNode(result, instance, node), shown)?.color), [shown, result, instance]);
}

/** For the element that is coloured; `canvas.css` does it, and pales what is stale. */
export function heatProps(heat: Heat | null): { 'data-heat'?: true; style?: CSSProperties } {
  return heat ? { 'data-heat': true, style: { '--heat': heat.color } as CSSProperties } : {};
}
