/** @file A node of the data-flow lens. One component for all types: the descriptor makes the differences. */
import { memo, type CSSProperties } from 'react';
import { Handle, type Node, type NodeProps } from 'reactflow';
import { CircleAlert, CircleDashed, CircleDot, Link2, TriangleAlert } from 'lucide-react';
import { useRuns } from '../../hooks/runs.ts';
import { currentMode, type Path } from '../../../core/document/index.ts';
import { useDocument } from '../../hooks/document.ts';
import { wiresAt } from '../../state/runs/lookup.ts';
import type { Found } from '../../state/runs/found-in-run.ts';
import { modesShown, type Mode } from '../../state/runs/modes.ts';
import { useSession } from '../../hooks/session.ts';
import { pathKey } from '../../state/paths.ts';
import type { SessionState } from '../../state/session/store.ts';
import { keyWithin } from '../../state/session/expansion.ts';
import { ExpandButton, FrameItem } from './expansion/expand-button.tsx';
import type { Frame, Site } from './expansion/site.ts';
import type { FlowNodeRow } from './flow-model.ts';
import type { Direction } from '../../state/layout/graph.ts';
import { NODE_WIDTH, portPoint } from '../../state/layout/node-size.ts';
import { PORT_SIDES } from './port-sides.ts';
import { useWiring } from './gestures/wiring.ts';
import { heatProps, useHeat } from './heat.ts';
import { HeatNumber } from './heat-number.tsx';
import { useMatch } from '../../hooks/use-match.ts';
import { FoundSign } from '../../ui/found-sign.tsx';
import { KeepEnd } from '../../ui/keep-end.tsx';
import { useDim } from './use-traced.ts';
import { ModeBadges } from './modes.tsx';

export type FlowNode = Node<
  {
    readonly row: FlowNodeRow;
    /** Its modes in words; empty where it has none. */
    readonly modes: string;
    readonly tabStop: string | undefined;
    /** What the diagnoses found at it, or within. */
    readonly found: Found | undefined;
    readonly direction: Direction;
    readonly site: Site;
    readonly frame: Frame | undefined;
  },
  'graph'
>;

/** The same signs as in the tree and in the list. */
const SIGNS = { error: CircleAlert, warning: TriangleAlert, unfinished: CircleDashed, within: CircleDot } as const;

const NO_MODES: readonly Mode[] = [];

/** Whether a Module is selected, as in the tree, that lies within what a node calls. */
function holdsSelected({ selection: { modules } }: SessionState, path: Path | null): boolean {
  if (path === null || modules.length === 0) return false;
  const start = pathKey(path).slice(0, -1);
  return modules.some((key) => key.startsWith(start) && (key[start.length] === ',' || key[start.length] === ']'));
}

interface PortsProps {
  readonly site: Site;
  readonly width: number;
  readonly node: string;
  readonly names: readonly string[];
  readonly side: 'in' | 'out';
  readonly height: number;
  readonly direction: Direction;
}

function Ports({ site, node, names, side, width, height, direction }: PortsProps) {
  const wiring = useWiring();
  const fitOf = (name: string) =>
    wiring === null ? undefined : wiring.held.inside === site.key && wiring.fits(node, side, name) ? 'yes' : 'no';
  return names.map((name, index) => (
    <div
      key={name}
      className="port"
      data-side={side}
      data-direction={direction}
      data-fits={fitOf(name)}
      style={placeOf(side, names.length, index, height, direction, width)}
    >
      <Handle
        type={side === 'in' ? 'target' : 'source'}
        position={PORT_SIDES[direction][side]}
        id={name}
        title={`${side === 'in' ? 'Input' : 'Output'} ${name}`}
      />
      {names.length > 1 && <span className="port-name">{name}</span>}
    </div>
  ));
}

/** Across the flow; along it, a port lies on the edge of its node. */
function placeOf(...port: Parameters<typeof portPoint>): CSSProperties {
  const { x, y } = portPoint(...port);
  return port[4] === 'down' ? { left: x, top: y } : { top: y };
}

export const NodeView = memo(function NodeView({
  data: { row, modes: modeWords, found, direction, site, frame },
  selected,
  width = NODE_WIDTH,
  height = 0,
}: NodeProps<FlowNode>) {
  const { instance } = site;
  const path = row.member && [...instance, ...row.member];
  const mode = useDocument(currentMode);
  const modes = useRuns((state) => (path && modeWords !== '' ? modesShown(state.modules, path, mode) : NO_MODES));
  const result = useRuns((state) => state.result?.result);
  const heat = useHeat(
    row.outputs.flatMap((port) => wiresAt(result, instance, { node: row.id, port })),
    row.id,
    site,
  );
  const match = useMatch(path);
  const { trouble } = row;
  const Alert = trouble && SIGNS[trouble.kind];
  const isOnlySelected = useSession((state) => selected === true && state.selection.nodes.length === 1);
  return (
    <div
      className={frame ? 'node expanded' : 'node'}
      data-family={row.family}
      data-kind={row.kind}
      data-selected={selected || undefined}
      data-bypassed={row.isBypassed || undefined}
      data-alone={isOnlySelected || undefined}
      data-problem={trouble?.kind === 'within' ? undefined : trouble?.kind}
      data-within={trouble?.kind === 'within' || undefined}
      data-found={found?.kind}
      data-match={match}
      data-dim={useDim(site, row.id)}
      data-holds={useSession((state) => holdsSelected(state, path)) || undefined}
    >
      <div
        className={frame ? 'node-head expanded-head' : 'node-head'}
        {...heatProps(heat)}
        style={{ ...heatProps(heat).style, ...(frame ? { height: frame.headHeight - 2 } : {}) }}
      >
        <KeepEnd className="node-title" text={row.title} />
        <span className="node-type">
          {row.type}
          {row.repeat && <b> {row.repeat}</b>}
          {row.isBypassed && ' · bypassed'}
        </span>
        <span className="node-marks">
          {row.isShared && <Link2 size={12} aria-label="Shared weights: called more than once" />}
          {frame && <FrameItem frame={frame} />}
          {row.enters && <ExpandButton id={keyWithin(site.key, row.id)} title={row.title} isExpanded={frame !== undefined} />}
          {found && <FoundSign kind={found.kind} texts={found.texts} />}
          {Alert && <Alert size={14} className="node-alert" role="img" aria-label={trouble.texts.join('\n')} />}
        </span>
      </div>
      {path && <ModeBadges modes={modes} path={path} title={row.title} />}
      <HeatNumber heat={heat} />
      <Ports site={site} node={row.id} names={row.inputs} side="in" width={width} height={height} direction={direction} />
      <Ports site={site} node={row.id} names={row.outputs} side="out" width={width} height={height} direction={direction} />
      {(trouble ?? found) && <div className="node-problem">{(trouble ?? found)!.texts[0]}</div>}
    </div>
  );
});
