/** @file The heat of a place on the canvas, for nodes, boxes and wires alike. */
import { type CSSProperties, useMemo } from 'react';
import type { NodeId, Path } from '../../../core/document/index.ts';
import type { RunResult } from '../../../core/run/index.ts';
import { memoByIdentity } from '../../state/derived/memo.ts';
import { seenByKey } from '../../state/runs/by-key.ts';
import { comparedRun } from '../../state/runs/kept-runs.ts';
import { wiresOfNode } from '../../state/runs/lookup.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useSession } from '../../hooks/session.ts';
import type { ComparisonOverlay, CostOverlay, Costs, Overlay, RunOverlay, Seen } from '../../overlays/overlay.ts';
import { findOverlay } from '../../overlays/overlays.ts';
import { aroundZero, positionOn, scaleOf, worstOf, type Scale } from '../../overlays/scale.ts';
import { baseOpen } from '../../state/session/expansion.ts';
import type { Site } from './expansion/site.ts';
import { formatNumber } from '../../ui/format.ts';
import { useCosts, useCostScale, useNodeCosts } from './cost-heat.ts';
import { cssColor, NOT_FINITE, sampleScale, signedColor, VIRIDIS } from '../../ui/color-scales.ts';

export interface Heat {
  readonly value: number;
  /** The value, as the user reads it. */
  readonly text: string;
  readonly color: string;
}

interface Shown<O extends Overlay> {
  readonly overlay: O;
  readonly scale: Scale;
}

const ROOT: readonly [] = [];
const scalesByResult = memoByIdentity((_result: RunResult) => new Map<Overlay, Scale | null>());

/** The scale of the chosen overlay over the whole model, or of a cost over what the canvas shows; null where none is on or nothing is known. */
export function useHeatScale(): Shown<Overlay> | null {
  const run = useRunScale();
  const cost = useCostScale();
  return run ?? cost;
}

const comparisons = memoByIdentity((_result: RunResult) => new Map<RunResult, Map<ComparisonOverlay, Shown<RunOverlay> | null>>());

/** A comparison as an overlay of the run that is looked at; found once for all who ask. */
function comparisonOf(result: RunResult, other: RunResult, overlay: ComparisonOverlay): Shown<RunOverlay> | null {
  const byOther = comparisons(result);
  let known = byOther.get(other);
  if (!known) byOther.set(other, (known = new Map()));
  let shown = known.get(overlay);
  if (shown === undefined) {
    const { read, ...rest } = overlay;
    const there = seenByKey(other);
    const compared: RunOverlay = {
      ...rest,
      of: 'run',
      read(seen) {
        const before = seen.valueKey === undefined ? undefined : there.get(seen.valueKey);
        return before ? read(seen, before) : null;
      },
    };
    const scale = scaleOf([...result.wires, ...result.insides], compared);
    known.set(overlay, (shown = scale && { overlay: compared, scale: aroundZero(scale) }));
  }
  return shown;
}

function useRunScale(): Shown<RunOverlay> | null {
  const id = useSession((state) => state.overlay);
  const result = useRuns((state) => state.result?.result);
  const other = useRuns((state) => comparedRun(state)?.result);
  return useMemo(() => {
    const overlay = findOverlay(id);
    if (overlay?.of === 'comparison') return result && other ? comparisonOf(result, other, overlay) : null;
    if (overlay?.of !== 'run' || !result) return null;
    const scales = scalesByResult(result);
    if (!scales.has(overlay)) scales.set(overlay, scaleOf([...result.wires, ...result.insides], overlay));
    const scale = scales.get(overlay);
    return scale ? { overlay, scale } : null;
  }, [id, result, other]);
}

/** Over several calls, what is not finite, else the largest. `from`: what is less has no colour. */
function heatOf(seen: readonly Seen[], { overlay, scale }: Shown<RunOverlay>, from: number | null): Heat | null {
  const value = worstOf(seen, overlay, scale.isSigned);
  return value === null || isBelow(value, from)
    ? null
    : { value, color: colorOf(value, scale), text: (overlay.format ?? formatNumber)(value) };
}

/** Of what may be more or less its size counts; what is not finite is never too little. */
function isBelow(value: number, from: number | null): boolean {
  return from !== null && Math.abs(value) < from;
}

function colorOf(value: number, scale: Scale): string {
  if (Number.isNaN(value)) return NOT_FINITE.nan;
  if (!Number.isFinite(value)) return NOT_FINITE.infinite;
  const at = positionOn(scale, value);
  return scale.isSigned ? signedColor(at) : cssColor(sampleScale(VIRIDIS, at));
}

/** What costs nothing has no colour. */
function heatOfCosts(costs: Costs | undefined, { overlay, scale }: Shown<CostOverlay>, from: number | null): Heat | null {
  const value = costs === undefined ? 0 : overlay.read(costs);
  return value === 0 || isBelow(value, from) ? null : { value, color: colorOf(value, scale), text: overlay.format(value) };
}

/** The heat of what left a port; of a node or a Module that of its costs, where the canvas is coloured by them. */
export function useHeat(seen: readonly Seen[], of?: NodeId | Path, site?: Site): Heat | null {
  const run = useRunScale();
  const cost = useCostScale();
  const costs = useCosts(of, site);
  const from = useSession((state) => state.overlayFrom);
  if (cost) return of === undefined ? null : heatOfCosts(costs, cost, from);
  return run && heatOf(seen, run, from);
}

/** The colour of any node of the open graph, for whoever draws all of them; null where no overlay is on. */
export function useNodeColors(): ((node: NodeId) => string | undefined) | null {
  const run = useRunScale();
  const cost = useCostScale();
  const costs = useNodeCosts();
  const result = useRuns((state) => state.result?.result);
  const instance = useSession((state) => baseOpen(state).at(-1)?.instance) ?? ROOT;
  const from = useSession((state) => state.overlayFrom);
  return useMemo(() => {
    if (cost) return (node: NodeId) => heatOfCosts(costs?.get(node), cost, from)?.color;
    return run && ((node: NodeId) => heatOf(wiresOfNode(result, instance, node), run, from)?.color);
  }, [run, cost, costs, result, instance, from]);
}

/** For the element that is coloured; `canvas.css` does it, and pales what is stale. */
export function heatProps(heat: Heat | null): { 'data-heat'?: true; style?: CSSProperties } {
  return heat ? { 'data-heat': true, style: { '--heat': heat.color } as CSSProperties } : {};
}
