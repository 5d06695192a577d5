import type { Point } from '../../../../core/document/index.ts';
import type { FlowNode } from '../node-view.tsx';
import type { FlowWire } from '../wire-view.tsx';
import { PAPER } from './paper.ts';
import { element, words } from './svg.ts';

const SIZE = 10;
const LINE = 13;
/** How far a wire that goes back leads away from its ports; less than the margin of the picture. */
const STEP = 20;

type Nodes = ReadonlyMap<string, FlowNode>;

function portAt(node: FlowNode | undefined, type: 'source' | 'target', port: string | null | undefined): Point | undefined {
  const handle = node?.handles?.find((each) => each.type === type && each.id === port);
  if (!node || !handle) return undefined;
  return { x: node.position.x + handle.x + (handle.width ?? 0) / 2, y: node.position.y + handle.y + (handle.height ?? 0) / 2 };
}

/** A curve; one that goes back, to a second row, turns at right angles, as a curve would sweep over the nodes between. */
function pathBetween(from: Point, to: Point): string {
  if (to.x < from.x) return `M${from.x} ${from.y}h${STEP}V${(from.y + to.y) / 2}H${to.x - STEP}V${to.y}H${to.x}`;
  const bend = (to.x - from.x) / 2;
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}

/** A line between two ports, led as on the canvas, and its label, which lies over all lines. Undefined where an end hangs on no port. */
export function drawWire(wire: FlowWire, nodes: Nodes): { readonly path: string; readonly label: string } | undefined {
  const from = portAt(nodes.get(wire.source), 'source', wire.sourceHandle);
  const to = portAt(nodes.get(wire.target), 'target', wire.targetHandle);
  if (!from || !to) return undefined;
  const row = wire.data?.row;
  // One above the other: the gap between two nodes is narrow.
  const lines = [...new Set(row?.probes.map((probe) => probe.name)), row?.shape ?? ''].filter((line) => line !== '');
  const route = wire.data?.route;
  const path = route?.path ?? pathBetween(from, to);
  const [x, y] = route ? [route.label.x, route.label.y - 4] : [(from.x + to.x) / 2, (from.y + to.y) / 2 - 4];
  const halo = { stroke: PAPER.ground, 'stroke-width': 3, 'paint-order': 'stroke' };
  return {
    path: element('path', { d: path, fill: 'none', stroke: PAPER.wire, 'stroke-width': 1.5, 'stroke-linejoin': 'round' }),
    label: lines
      .map((line, i) => {
        const at = { x, y: y - (lines.length - 1 - i) * LINE, 'text-anchor': 'middle' };
        return words(line, { ...at, 'font-size': SIZE, fill: PAPER.muted, ...halo });
      })
      .join(''),
  };
}
