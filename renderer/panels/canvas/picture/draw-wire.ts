import type { Point } from '../../../../core/document/index.ts';
import type { FlowNode } from '../node-view.tsx';
import type { FlowWire } from '../wire-view.tsx';
import { PAPER } from './paper.ts';
import { element, widthOf, words } from './svg.ts';

const SIZE = 10;

type Nodes = ReadonlyMap<string, FlowNode>;

function portAt(node: FlowNode | undefined, type: 'source' | 'target', port: string | null | undefined): Point | undefined {
  const handle = node?.handles?.find((each) => each.type === type && each.id === port);
  if (!node || !handle) return undefined;
  return { x: node.position.x + handle.x + (handle.width ?? 0) / 2, y: node.position.y + handle.y + (handle.height ?? 0) / 2 };
}

/** A line between two ports, and its label, which lies over all lines. Undefined where an end hangs on no port. */
export function drawWire(wire: FlowWire, nodes: Nodes): { readonly path: string; readonly label: string } | undefined {
  const from = portAt(nodes.get(wire.source), 'source', wire.sourceHandle);
  const to = portAt(nodes.get(wire.target), 'target', wire.targetHandle);
  if (!from || !to) return undefined;
  const row = wire.data?.row;
  const text = [...new Set(row?.probes.map((probe) => probe.name)), row?.shape ?? ''].filter((part) => part !== '').join(' · ');
  const bend = Math.max(32, Math.abs(to.x - from.x) / 2);
  const path = `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
  const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2 - 4];
  const halo = { stroke: PAPER.ground, 'stroke-width': 3, 'paint-order': 'stroke' };
  return {
    path: element('path', { d: path, fill: 'none', stroke: PAPER.wire, 'stroke-width': 1.5 }),
    label: text === '' ? '' : words(text, { x: x - widthOf(text, SIZE) / 2, y, 'font-size': SIZE, fill: PAPER.muted, ...halo }),
  };
}
