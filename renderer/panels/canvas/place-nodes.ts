import type { ModelClass, Point } from '../../../core/document/index.ts';
import { NODE_WIDTH } from '../../state/layout/node-size.ts';

/** Where to draw nodes that the layout does not place: beside their first input, or below everything. */
export function placeNodes({ nodes, wires, layout }: Pick<ModelClass, 'nodes' | 'wires' | 'layout'>): ReadonlyMap<string, Point> {
  const placed = new Map<string, Point>();
  const open: string[] = [];
  for (const id in nodes) if (layout[id] === undefined) open.push(id);
  if (open.length === 0) return placed;
  const bottom = Object.values(layout).reduce((lowest, { y }) => Math.max(lowest, y), 0);
  const placeOf = (id: string) => layout[id] ?? placed.get(id);
  const sources = new Map<string, string[]>();
  for (const { from, to } of Object.values(wires)) {
    const known = sources.get(to.node);
    if (known) known.push(from.node);
    else sources.set(to.node, [from.node]);
  }
  let column = 0;
  for (const id of open) {
    const source = sources.get(id)?.find(placeOf);
    const beside = source === undefined ? undefined : placeOf(source);
    placed.set(id, beside ? { x: beside.x + NODE_WIDTH + 80, y: beside.y } : { x: column++ * (NODE_WIDTH + 80), y: bottom + 120 });
  }
  return placed;
}
