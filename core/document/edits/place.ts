/** @file Where new nodes lie: in reading order behind what feeds them, over nothing that is there. */
import { graphOf } from '../../graph/graph-of.ts';
import { nodesAlong } from '../../graph/reach.ts';
import { changeRecord } from '../records.ts';
import type { ModelClass, NodeId, Point } from '../schema.ts';

/** From one node to the next in the direction of the flow, and to the one below. */
export const COLUMN = 240;
export const ROW = 112;
/** The room that a node takes with its labels. */
const SIZE: Point = { x: 208, y: 104 };
const STEP: Point = { x: COLUMN, y: ROW };

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
  // Behind one node it stands at its height, wherever that is: the wire between them is straight.
  const y = points.length === 1 ? middle : Math.round(middle / 8) * 8;
  return freeBelow(modelClass, { x, y }, new Set([...ignored, own]));
}

/** The point, or the next below it where a node overlaps no other. */
export function freeBelow(modelClass: ModelClass, at: Point, ignored: ReadonlySet<NodeId>): Point {
  const column = Object.entries(modelClass.layout).filter(([id, { x }]) => !ignored.has(id) && Math.abs(x - at.x) < SIZE.x);
  const heights = column.map(([, { y }]) => y).sort((a, b) => a - b);
  let { y } = at;
  for (const taken of heights) if (Math.abs(taken - y) < SIZE.y) y = taken + ROW;
  return { x: at.x, y };
}

/**
 * Makes room around a node that was put between others: it leaves what feeds it, what follows moves on as far as it has to, and what that
 * would cover moves along. Nothing moves where there is room.
 */
export function makeRoomAround(modelClass: ModelClass, node: NodeId): ModelClass {
  const graph = graphOf(modelClass);
  const sources = pointsOf(
    modelClass,
    graph.incoming(node).map(({ from }) => from.node),
  );
  const next = pointsOf(
    modelClass,
    graph.outgoing(node).map(({ to }) => to.node),
  );
  const start = modelClass.layout[node];
  const [source, target] = [sources[0] ?? start, next[0]];
  if (!start || !source || !target) return modelClass;
  const axis = Math.abs(target.x - source.x) >= Math.abs(target.y - source.y) ? 'x' : 'y';
  const behind = new Set([...nodesAlong(modelClass, node, 'down')].filter((id) => id !== node));
  // A wire that leads back has no direction in which what follows could move on.
  if (target[axis] < source[axis]) return placed(modelClass, node, freeBelow(modelClass, start, new Set([node])));
  const beyond = Math.max(start[axis], ...sources.filter((each) => isOver(each, start)).map((each) => each[axis] + STEP[axis]));
  const at = freeBelow(modelClass, { ...start, [axis]: beyond }, new Set([node, ...behind]));
  const missing = at[axis] + STEP[axis] - Math.min(...next.map((each) => each[axis]));
  const shifted = placed(modelClass, node, at);
  return missing <= 0 ? shifted : moveOn(shifted, behind, node, { x: 0, y: 0, [axis]: missing });
}

function placed(modelClass: ModelClass, node: NodeId, at: Point): ModelClass {
  return { ...modelClass, layout: changeRecord(modelClass.layout, [], { [node]: at }) };
}

/** All of them by the same way, with everything that they would come to lie on: so they cover each other no more than before. */
function moveOn(modelClass: ModelClass, nodes: Iterable<NodeId>, fixed: NodeId, by: Point): ModelClass {
  const resting = new Map(Object.entries(modelClass.layout).filter(([id]) => id !== fixed));
  const layout = { ...modelClass.layout };
  const waiting = [...nodes];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const from = resting.get(id);
    if (!from || !resting.delete(id)) continue;
    const at = { x: from.x + by.x, y: from.y + by.y };
    layout[id] = at;
    for (const [other, point] of resting) if (isOver(point, at) && !isOver(point, from)) waiting.push(other);
  }
  return { ...modelClass, layout };
}

function isOver(a: Point, b: Point): boolean {
  return Math.abs(a.x - b.x) < SIZE.x && Math.abs(a.y - b.y) < SIZE.y;
}
