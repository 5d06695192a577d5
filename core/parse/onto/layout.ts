/** @file Places for nodes that came out of code: behind what feeds them. */
import { COLUMN, freeBelow, makeRoomAround, placeBehind, ROW } from '../../document/edits/place.ts';
import type { ModelClass } from '../../document/schema.ts';
import { graphOf } from '../../graph/graph-of.ts';

const NONE: ReadonlySet<string> = new Set();

/** The class with a place for every node that has none; where others lie already, they make room. */
export function place(modelClass: ModelClass, isNew: boolean): ModelClass {
  const graph = graphOf(modelClass);
  const open = [...graph.order.nodes, ...Object.values(modelClass.nodes)].filter(({ id }) => modelClass.layout[id] === undefined);
  // Documents without places, such as pasted ones, stay so.
  if (open.length === 0 || (!isNew && Object.keys(modelClass.layout).length === 0)) return modelClass;
  let placed = modelClass;
  for (const { id, kind } of open) {
    if (placed.layout[id] !== undefined) continue;
    const sources = graph.incoming(id).map(({ from }) => from.node);
    const readers = graph.outgoing(id).flatMap(({ to }) => placed.layout[to.node] ?? []);
    const before = readers[0] && { x: readers[0].x - COLUMN, y: readers[0].y + (kind === 'constant' ? ROW : 0) };
    const at = placeBehind(placed, sources, id, NONE) ?? freeBelow(placed, before ?? { x: 0, y: 0 }, NONE);
    placed = { ...placed, layout: { ...placed.layout, [id]: at } };
    if (!isNew && sources.length > 0 && readers.length > 0) placed = makeRoomAround(placed, id);
  }
  return placed;
}
