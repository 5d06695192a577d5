/**
 * @file Of a large graph React Flow is given what lies in sight and around it: all that it does for each node and wire it knows then costs the
 * same for ten thousand nodes as for a few hundred.
 */
import { useMemo } from 'react';
import { useStore } from 'reactflow';
import type { NodeId } from '../../../core/document/index.ts';
import { MANY_NODES } from './far-view.tsx';
import type { Drawing } from './flow-store.ts';
import { NODE_WIDTH } from './geometry.ts';

/** A part of the canvas, in its own pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface View {
  readonly width: number;
  readonly height: number;
  /** x, y and zoom, as React Flow keeps them. */
  readonly transform: readonly [number, number, number];
}

/** What is in sight and half as much on each side, in steps: small pans and zooms stay in one region. */
export function regionOf({ width, height, transform: [x, y, zoom] }: View): Region {
  const step = 2 ** Math.floor(Math.log2(zoom));
  const [across, down] = [Math.max(1, width) / step / 2, Math.max(1, height) / step / 2];
  const [left, top] = [Math.floor(-x / zoom / across) * across, Math.floor(-y / zoom / down) * down];
  // What is in sight is at most two steps long, and begins within the first.
  return { left: left - across, top: top - down, right: left + 4 * across, bottom: top + 4 * down };
}

/** Nodes and wires that touch a region, both ends of each wire, and `kept`: what is selected moves with the rest, seen or not. */
export function inRegion({ nodes, wires, byId }: Drawing, region: Region, kept: readonly NodeId[]): Pick<Drawing, 'nodes' | 'wires'> {
  const near = new Set<NodeId>(kept);
  for (const { id, position, height = 0 } of nodes)
    if (touches(region, position.x, position.y, position.x + NODE_WIDTH, position.y + height)) near.add(id);
  const shown = wires.filter(({ source, target }) => {
    const [from, to] = [byId.get(source), byId.get(target)];
    if (!from || !to) return false;
    const [a, b] = [from.position, to.position];
    return (
      (near.has(source) && near.has(target)) ||
      touches(region, Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x) + NODE_WIDTH, Math.max(a.y, b.y))
    );
  });
  for (const { source, target } of shown) near.add(source).add(target);
  return { nodes: nodes.filter(({ id }) => near.has(id)), wires: shown };
}

function touches({ left, top, right, bottom }: Region, x1: number, y1: number, x2: number, y2: number): boolean {
  return x1 <= right && x2 >= left && y1 <= bottom && y2 >= top;
}

const EVERYTHING = '';

/** What React Flow is given to draw. `isFar`: nothing, the far view draws. */
export function useInSight(drawing: Drawing, selected: readonly NodeId[], isFar: boolean): Pick<Drawing, 'nodes' | 'wires'> {
  const isLarge = drawing.nodes.length > MANY_NODES;
  const key = useStore((state) => (isLarge ? JSON.stringify(regionOf(state)) : EVERYTHING));
  // A wire that is being drawn starts at a node that may leave the sight.
  const from = useStore((state) => (isLarge ? state.connection.fromNode?.id : undefined));
  return useMemo(() => {
    if (isFar) return { nodes: [], wires: [] };
    if (key === EVERYTHING) return drawing;
    return inRegion(drawing, JSON.parse(key) as Region, from === undefined ? selected : [...selected, from]);
  }, [drawing, key, from, selected, isFar]);
}
