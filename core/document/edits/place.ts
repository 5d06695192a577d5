/** @file Where new nodes lie: in reading order behind what feeds them, over nothing that is there. */
import { graphOf } from '../../graph/graph-of.ts';
import { nodesAlong } from '../../graph/reach.ts';
import type { ModelClass, NodeId, Point } from '../schema.ts';

/** From one node to the next in the direction of the flow, and to the one below. */
export const COLUMN = 240;
export const ROW = 112;
/** The room that a node takes with its labels. */
const SIZE: Point = { x: 208, y: 104 };

function pointsOf(modelClass: ModelClass, ids: readonly NodeId[]): readonly Point[] {
  return ids.flatMap((id) => modelClass.layout[id] ?? []);
}

/** Right of the sources, in their middle, and below what lies there already; undefined where none of them lies anywhere. */
export function placeBehind(
  modelClass: ModelClass,
  sources: readonly NodeId[],
  own: NodeId,
  ignored: ReadonlySet<NodeId>,
): Point | undefined {
  const points = pointsOf(modelClass, sources);
  if (points.length === 0) return undefined;
  const x = Math.max(...points.map((point) => point.x)) + COLUMN;
  const middle = points.reduce((sum, point) => sum + point.y, 0) / points.length;
  return freeBelow(modelClass, { x, y: Math.round(middle / 8) * 8 }, new Set([...ignored, own]));
}

/** The point, or the next below it where a node overlaps no other. */
export function freeBelow(modelClass: ModelClass, at: Point, ignored: ReadonlySet<NodeId>): Point {
  const column = Object.entries(modelClass.layout).filter(([id, { x }]) => !ignored.has(id) && Math.abs(x - at.x) < SIZE.x);
  const heights = column.map(([, { y }]) => y).sort((a, b) => a - b);
  let { y } = at;
  for (const taken of heights) if (Math.abs(taken - y) < SIZE.y) y = taken + ROW;
  return { x: at.x, y };
}

/** Makes room behind a node that was put between others: what follows moves on, as far as it has to. Nothing moves where there is room. */
export function makeRoomBehind(modelClass: ModelClass, node: NodeId): ModelClass {
  const at = modelClass.layout[node];
  if (!at) return modelClass;
  const next = graphOf(modelClass)
    .outgoing(node)
    .flatMap(({ to }) => modelClass.layout[to.node] ?? []);
  const missing = at.x + COLUMN - Math.min(...next.map(({ x }) => x));
  if (next.length === 0 || missing <= 0) return modelClass;
  const layout = { ...modelClass.layout };
  for (const id of nodesAlong(modelClass, node, 'down')) {
    const point = layout[id];
    if (point) layout[id] = { x: point.x + missing, y: point.y };
  }
  return { ...modelClass, layout };
}
