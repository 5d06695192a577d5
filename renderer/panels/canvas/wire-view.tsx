/** @file A wire of the data-flow lens: its shape, its probes, and what it carried in the latest run. */
import { memo } from 'react';
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from 'reactflow';
import { Activity, Eye } from 'lucide-react';
import { useRuns } from '../../hooks/runs.ts';
import { wiresAt } from '../../state/runs/lookup.ts';
import { focusOn } from './expansion/focus.ts';
import type { Site } from './expansion/site.ts';
import { useSessionStore } from '../../hooks/session.ts';
import type { FlowWireRow } from './flow-model.ts';
import type { Route } from './routing/route.ts';
import { useDim } from './use-traced.ts';
import { heatProps, useHeat } from './heat.ts';

export type FlowWire = Edge<{ readonly row: FlowWireRow; readonly site: Site; readonly route?: Route }, 'wire'>;

const PROBE_ICONS = { sow: Eye, perturb: Activity } as const;
const ROOT: readonly [] = [];

export const WireView = memo(function WireView({ id, data, selected }: EdgeProps<FlowWire>) {
  const session = useSessionStore();
  const result = useRuns((state) => state.result?.result);
  const { row, site, route } = data ?? {};
  const heat = useHeat(row ? wiresAt(result, site?.instance ?? ROOT, row.from) : []);
  const dim = useDim(site, ...(row ? [row.from, row.to] : []));
  // Without a way it hangs on a port that its node has no more: the list of problems says so.
  if (!row || !route || !site) return null;
  const name = `Wire from ${row.title}, ${row.shape ?? 'of unknown shape'}${row.probes.map((probe) => `, ${probe.kind} ${probe.name}`).join('')}`;
  return (
    <>
      <BaseEdge id={id} path={route.path} interactionWidth={16} className="wire" data-dim={dim} {...heatProps(heat)} />
      <EdgeLabelRenderer>
        <div
          className="wire-label nodrag nopan"
          data-id={id}
          data-selected={selected || undefined}
          data-dim={dim}
          style={{ transform: `translate(-50%, -100%) translate(${route.label.x}px, ${route.label.y}px)` }}
        >
          {row.probes.map((probe) => {
            const Icon = PROBE_ICONS[probe.kind];
            return (
              <span key={probe.id} className="probe" data-kind={probe.kind} title={`${probe.kind} “${probe.name}” (${probe.variableType})`}>
                <Icon size={11} aria-hidden /> {probe.name}
              </span>
            );
          })}
          <button
            type="button"
            className="wire-shape"
            tabIndex={-1}
            aria-label={name}
            aria-pressed={selected === true}
            onClick={() => focusOn(session, site, { wires: [row.id] })}
          >
            {row.shape ?? '?'}
          </button>
        </div>
      </EdgeLabelRenderer>
    </>
  );
});
