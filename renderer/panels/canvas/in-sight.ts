/**
 * @file Of a large graph React Flow is given what lies in sight and around it: all that it does for each node and wire it knows then costs the
 * same for ten thousand nodes as for a few hundred.
 */
import { useMemo } from 'react';
import { useStore } from 'reactflow';
import type { ModelClass, NodeId, Point, Wire, WireId } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { MANY_NODES } from './far-view.tsx';
import { type Drawing, keysOf, type Places } from './flow-store.ts';
import { NODE_WIDTH } from '../../state/layout/node-size.ts';
import type { FlowWire } from './wire-view.tsx';

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

/** No node is higher: as many ports would no longer be of use. */
const MOST_HEIGHT = 4000;

/** What may be near a region, however high its nodes are. */
interface Candidates {
  readonly nodes: readonly NodeId[];
  readonly wires: readonly Wire[];
}

// The only searches over all of a graph: not needed again until something lies elsewhere, or is wired otherwise.

function nodesNear(nodes: ModelClass['nodes'], places: Places, region: Region): readonly NodeId[] {
  return keysOf(nodes).filter((id) => {
    const at = places.get(id);
    return at !== undefined && isNear(region, at, at);
  });
}

function wiresNear(wires: ModelClass['wires'], places: Places, region: Region): readonly Wire[] {
  const near: Wire[] = [];
  for (const id of keysOf(wires)) {
    const wire = wires[id]!;
    const [a, b] = [places.get(wire.from.node), places.get(wire.to.node)];
    if (a && b && isNear(region, a, b)) near.push(wire);
  }
  return near;
}

function isNear(region: Region, a: Point, b: Point): boolean {
  return touches(region, Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x) + NODE_WIDTH, Math.max(a.y, b.y) + MOST_HEIGHT);
}

function candidatesIn({ graph, places }: Drawing, region: Region): Candidates {
  return { nodes: nodesNear(graph.nodes, places, region), wires: wiresNear(graph.wires, places, region) };
}

/** Nodes and wires that touch a region, both ends of each wire, and `kept`: what is selected moves with the rest, seen or not. */
export function inRegion(
  drawing: Drawing,
  region: Region,
  kept: readonly NodeId[],
  candidates = candidatesIn(drawing, region),
): Pick<Drawing, 'nodes' | 'wires'> {
  const { byId, places, graph } = drawing;
  const near = new Set<NodeId>(kept);
  for (const id of candidates.nodes) {
    const { y } = places.get(id)!;
    if (y >= region.top || y + (byId.get(id)?.height ?? 0) >= region.top) near.add(id);
  }
  const shown = new Set(near);
  const wires = new Map<WireId, FlowWire>();
  const show = ({ id, from, to }: Wire): void => {
    const wire = drawing.wire(id);
    if (!wire) return;
    wires.set(id, wire);
    shown.add(from.node).add(to.node);
  };
  for (const wire of candidates.wires) {
    const [a, b] = [places.get(wire.from.node)!, places.get(wire.to.node)!];
    if ((near.has(wire.from.node) && near.has(wire.to.node)) || Math.max(a.y, b.y) >= region.top) show(wire);
  }
  const index = graphOf(graph);
  for (const id of kept) {
    for (const wire of index.outgoing(id)) if (near.has(wire.to.node)) show(wire);
    for (const wire of index.incoming(id)) if (near.has(wire.from.node)) show(wire);
  }
  // In the order of the document, which is that of Tab.
  const order = keysOf(graph.nodes).filter((id) => shown.has(id));
  return { nodes: order.flatMap((id) => byId.get(id) ?? []), wires: [...wires.values()] };
}

function touches({ left, top, right, bottom }: Region, x1: number, y1: number, x2: number, y2: number): boolean {
  return x1 <= right && x2 >= left && y1 <= bottom && y2 >= top;
}

const EVERYTHING = '';

/** What React Flow is given to draw. `isFar`: nothing, the far view draws. */
export function useInSight(drawing: Drawing, selected: readonly NodeId[], isFar: boolean): Pick<Drawing, 'nodes' | 'wires'> {
  const isLarge = drawing.size > MANY_NODES;
  const key = useStore((state) => (isLarge ? JSON.stringify(regionOf(state)) : EVERYTHING));
  // A wire that is being drawn starts at a node that may leave the sight.
  const from = useStore((state) => (isLarge ? state.connection.fromNode?.id : undefined));
  const {
    graph: { nodes, wires },
    places,
  } = drawing;
  const region = useMemo(() => (isFar || key === EVERYTHING ? undefined : (JSON.parse(key) as Region)), [key, isFar]);
  const nearNodes = useMemo(() => region && nodesNear(nodes, places, region), [nodes, places, region]);
  const nearWires = useMemo(() => region && wiresNear(wires, places, region), [wires, places, region]);
  return useMemo(() => {
    if (isFar) return { nodes: [], wires: [] };
    if (!region || !nearNodes || !nearWires) return drawing;
    return inRegion(drawing, region, from === undefined ? selected : [...selected, from], { nodes: nearNodes, wires: nearWires });
  }, [drawing, region, nearNodes, nearWires, from, selected, isFar]);
}
