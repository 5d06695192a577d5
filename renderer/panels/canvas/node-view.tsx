/** @file A node of the data-flow lens. One component for all types: the descriptor makes the differences. */
import { memo } from 'react';
import { Handle, type Node, type NodeProps, Position } from 'reactflow';
import { CircleAlert, CornerRightDown, Link2 } from 'lucide-react';
import { useRuns } from '../../hooks/runs.ts';
import { modulesByPath, wiresAt } from '../../state/runs/lookup.ts';
import { useSession } from '../../hooks/session.ts';
import { pathKey } from '../../state/paths.ts';
import type { FlowNodeRow } from './flow-model.ts';
import { portY } from './geometry.ts';
import { heatProps, useHeat } from './heat.ts';
import { HeatNumber } from './heat-number.tsx';
import { useMatch } from '../../hooks/use-match.ts';
import { ModeBadges } from './modes.tsx';

export type FlowNode = Node<{ readonly row: FlowNodeRow; readonly hasModes: boolean }, 'graph'>;

function Ports({ names, side }: { readonly names: readonly string[]; readonly side: 'in' | 'out' }) {
  return names.map((name, index) => (
    <div key={name} className="port" data-side={side} style={{ top: portY(names.length, index) }}>
      <Handle
        type={side === 'in' ? 'target' : 'source'}
        position={side === 'in' ? Position.Left : Position.Right}
        id={name}
        title={`${side === 'in' ? 'Input' : 'Output'} ${name}`}
      />
      {names.length > 1 && <span className="port-name">{name}</span>}
    </div>
  ));
}

export const NodeView = memo(function NodeView({ data: { row }, selected }: NodeProps<FlowNode>) {
  const instance = useSession((state) => state.open.at(-1)?.instance);
  const path = row.member && [...(instance ?? []), ...row.member];
  const key = path && pathKey(path);
  const module = useRuns((state) => (key === null ? undefined : modulesByPath(state.modules).get(key)));
  const result = useRuns((state) => state.result?.result);
  const heat = useHeat(
    row.outputs.flatMap((port) => wiresAt(result, instance ?? [], { node: row.id, port })),
    row.id,
  );
  const match = useMatch(path);
  const isOnlySelected = useSession((state) => selected === true && state.selection.nodes.length === 1);
  return (
    <div
      className="node"
      data-family={row.family}
      data-kind={row.kind}
      data-selected={selected || undefined}
      data-alone={isOnlySelected || undefined}
      data-problem={row.problems.length > 0 || undefined}
      data-match={match}
    >
      <div className="node-head" {...heatProps(heat)}>
        <span className="node-title">{row.title}</span>
        <span className="node-type">
          {row.type}
          {row.repeat && <b> {row.repeat}</b>}
        </span>
        <span className="node-marks">
          {row.isShared && <Link2 size={12} aria-label="Shared weights: called more than once" />}
          {row.enters && <CornerRightDown size={12} aria-label="A class: double click to enter" />}
          {row.problems.length > 0 && <CircleAlert size={14} className="node-alert" role="img" aria-label={row.problems.join('\n')} />}
        </span>
      </div>
      <ModeBadges module={module} />
      <HeatNumber heat={heat} />
      <Ports names={row.inputs} side="in" />
      <Ports names={row.outputs} side="out" />
      {row.problems.length > 0 && <div className="node-problem">{row.problems[0]}</div>}
    </div>
  );
});
