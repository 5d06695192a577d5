/** @file What of a graph may be near a part of the canvas: searched for in all of it once, and then followed from edit to edit. */
import { touchedSince, type ModelClass, type NodeId, type Point, type Wire, keysOf } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { NODE_WIDTH } from '../../state/layout/node-size.ts';
import type { Drawing } from './flow-store.ts';
import type { Places } from './places.ts';

/** A part of the canvas, in its own pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** No node is higher: as many ports would no longer be of use. */
const MOST_HEIGHT = 4000;

/** What may be near a region, however high its nodes are. */
export interface Candidates {
  readonly nodes: readonly NodeId[];
  readonly wires: readonly Wire[];
}

// The only searches over all of a graph: needed again where another part of it is seen, or much of it has changed.

function nodesNear(nodes: ModelClass['nodes'], places: Places, region: Region): readonly NodeId[] {
  return keysOf(nodes).filter((id) => {
    const at = places.get(id);
    return at !== undefined && isNear(region, at, at);
  });
}

function wiresNear(wires: ModelClass['wires'], places: Places, region: Region): readonly Wire[] {
  const near: Wire[] = [];
  for (const id of keysOf(wires)) if (isWireNear(wires[id]!, places, region)) near.push(wires[id]!);
  return near;
}

function isWireNear({ from, to }: Wire, places: Places, region: Region): boolean {
  const [a, b] = [places.get(from.node), places.get(to.node)];
  return a !== undefined && b !== undefined && isNear(region, a, b);
}

function isNear(region: Region, a: Point, b: Point): boolean {
  return touches(region, Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x) + NODE_WIDTH, Math.max(a.y, b.y) + MOST_HEIGHT);
}

/** The candidates of a drawing, by looking at all of it. */
export function candidatesIn({ graph, places }: Drawing, region: Region): Candidates {
  return { nodes: nodesNear(graph.nodes, places, region), wires: wiresNear(graph.wires, places, region) };
}

/**
 * The candidates after an edit, from those before it: only what it touched is looked at. Undefined where that is not known, and where a wire would
 * have to be put between others.
 */
export function candidatesAfter(before: Candidates, was: Drawing, now: Drawing, region: Region): Candidates | undefined {
  const { graph, places } = now;
  const nodes = touchedSince(was.graph.nodes, graph.nodes);
  const wires = touchedSince(was.graph.wires, graph.wires);
  const moved = was.places === places ? NOTHING : places.movedSince(was.places);
  if (!nodes || !wires || !moved) return undefined;
  const touchedNodes = new Set([...nodes, ...moved]);
  const touched = new Set(wires);
  const index = graphOf(graph);
  for (const id of moved) for (const list of [index.incoming(id), index.outgoing(id)]) for (const wire of list) touched.add(wire.id);
  const known = new Set(before.wires);
  const come: Wire[] = [];
  for (const id of touched) {
    const wire = Object.hasOwn(graph.wires, id) ? graph.wires[id] : undefined;
    if (!wire || known.has(wire) || !isWireNear(wire, places, region)) continue;
    if (Object.hasOwn(was.graph.wires, id)) return undefined;
    come.push(wire);
  }
  const isLeft = (wire: Wire): boolean => !touched.has(wire.id) || (graph.wires[wire.id] === wire && isWireNear(wire, places, region));
  const isNodeNear = (id: NodeId): boolean => {
    const at = Object.hasOwn(graph.nodes, id) ? places.get(id) : undefined;
    return at !== undefined && isNear(region, at, at);
  };
  return {
    nodes: [...before.nodes.filter((id) => !touchedNodes.has(id)), ...[...touchedNodes].filter(isNodeNear)],
    wires: come.length === 0 && before.wires.every(isLeft) ? before.wires : [...before.wires.filter(isLeft), ...come],
  };
}

function touches({ left, top, right, bottom }: Region, x1: number, y1: number, x2: number, y2: number): boolean {
  return x1 <= right && x2 >= left && y1 <= bottom && y2 >= top;
}

const NOTHING: readonly never[] = [];
