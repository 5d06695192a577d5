import { keysOf, pastOf, touchedSince, type ModelClass, type NodeId, type Point } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { NODE_WIDTH } from '../../state/layout/node-size.ts';

/** The nodes that a layout has no places for. */
const open = new WeakMap<ModelClass['layout'], { readonly nodes: ModelClass['nodes']; readonly ids: readonly NodeId[] }>();

/** Where to draw nodes that the layout does not place: beside their first input, or below everything. */
export function placeNodes(modelClass: ModelClass): ReadonlyMap<NodeId, Point> {
  const { layout } = modelClass;
  const placed = new Map<NodeId, Point>();
  const ids = openNodes(modelClass);
  if (ids.length === 0) return placed;
  const graph = graphOf(modelClass);
  const placeOf = (id: NodeId) => layout[id] ?? placed.get(id);
  let bottom: number | undefined;
  let column = 0;
  for (const id of ids) {
    const source = graph.incoming(id).find(({ from }) => placeOf(from.node))?.from.node;
    const beside = source === undefined ? undefined : placeOf(source);
    bottom ??= beside ? undefined : lowestOf(layout);
    placed.set(id, beside ? { x: beside.x + NODE_WIDTH + 80, y: beside.y } : { x: column++ * (NODE_WIDTH + 80), y: bottom! + 120 });
  }
  return placed;
}

function lowestOf(layout: ModelClass['layout']): number {
  return Object.values(layout).reduce((lowest, { y }) => Math.max(lowest, y), 0);
}

function openNodes(modelClass: ModelClass): readonly NodeId[] {
  const { nodes, layout } = modelClass;
  const known = open.get(layout);
  if (known?.nodes === nodes) return known.ids;
  const ids = openAfterEdit(modelClass) ?? keysOf(nodes).filter((id) => layout[id] === undefined);
  open.set(layout, { nodes, ids });
  return ids;
}

/** Those that were open before an edit, and what it touched. Undefined where one more is open: it has a place among the others. */
function openAfterEdit({ nodes, layout }: ModelClass): readonly NodeId[] | undefined {
  const isOpen = (id: NodeId): boolean => Object.hasOwn(nodes, id) && layout[id] === undefined;
  for (const { record, touched } of pastOf(layout)) {
    const before = open.get(record);
    const changed = before && touchedSince(before.nodes, nodes);
    if (!changed) continue;
    const wasOpen = new Set(before.ids);
    if ([...touched, ...changed].some((id) => isOpen(id) && !wasOpen.has(id))) return undefined;
    return before.ids.every(isOpen) ? before.ids : before.ids.filter(isOpen);
  }
  return undefined;
}
