/** @file A selection is of one graph, though several are on the canvas: what is selected elsewhere takes its place. */
import { depthOf, keyWithin, splitKey } from '../../../state/session/expansion.ts';
import type { Selection } from '../../../state/session/store.ts';

interface Change {
  readonly id: string;
  readonly selected: boolean;
}

/**
 * The graph and its selected nodes or wires after changes to what is selected on the canvas: of several graphs in which something was selected at
 * once, the outermost. Undefined where nothing has changed.
 */
export function applySelect(
  kind: 'nodes' | 'wires',
  selection: Selection,
  inside: string,
  changes: readonly Change[],
): { readonly inside: string; readonly ids: readonly string[] } | undefined {
  const chosen = new Set(selection[kind].map((id) => keyWithin(inside, id)));
  const before = [...chosen];
  const added: string[] = [];
  for (const { id, selected } of changes) {
    if (selected && !chosen.has(id)) added.push(id);
    if (selected) chosen.add(id);
    else chosen.delete(id);
  }
  if (chosen.size === before.length && before.every((id) => chosen.has(id))) return undefined;
  const [first, ...rest] = added.map((id) => splitKey(id).inside);
  const target = first === undefined ? inside : rest.reduce((a, b) => (depthOf(b) < depthOf(a) ? b : a), first);
  const here = [...chosen].map(splitKey).filter((each) => each.inside === target);
  return { inside: target, ids: here.map(({ id }) => id) };
}
