/** @file Which node or note the keyboard is on: the one place of the canvas in the order of Tab. */
import { annotationsOf, type ModelClass, type ModelDocument } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import type { Focused } from '../session/focused.ts';
import type { SessionState } from '../session/store.ts';
import type { Item } from '../walking/reading-order.ts';
import { findOpenClass } from './open-class.ts';

function isThere(modelClass: ModelClass, { kind, id }: Item): boolean {
  return kind === 'node' ? Object.hasOwn(modelClass.nodes, id) : annotationsOf(modelClass).some((each) => each.id === id);
}

/**
 * What Tab leads to, and where walking begins: what was focused last, unless something else has been selected since; then the last of that; at
 * first the first input. Undefined in an empty class.
 */
export function focusedItem(
  document: ModelDocument,
  { open, inside, focused, selection }: Pick<SessionState, 'open' | 'inside' | 'focused' | 'selection'>,
): Focused | undefined {
  const modelClass = findOpenClass(document, open);
  if (!modelClass) return undefined;
  const here = focused?.class === modelClass.id && focused.inside === inside && isThere(modelClass, focused) ? focused : undefined;
  const { nodes, annotations } = selection;
  const isChosen = (item: Item): boolean => (item.kind === 'node' ? nodes : annotations).includes(item.id);
  if (here && (nodes.length + annotations.length === 0 || isChosen(here))) return here;
  const place = { class: modelClass.id, inside };
  const last = nodes.findLast((id) => Object.hasOwn(modelClass.nodes, id));
  if (last !== undefined) return { ...place, kind: 'node', id: last };
  const note = annotations.findLast((id) => isThere(modelClass, { kind: 'note', id }));
  if (note !== undefined) return { ...place, kind: 'note', id: note };
  const first = graphOf(modelClass).inputs[0]?.id ?? firstKey(modelClass.nodes);
  return first === undefined ? undefined : { ...place, kind: 'node', id: first };
}

function firstKey(record: Readonly<Record<string, unknown>>): string | undefined {
  for (const key in record) return key;
  return undefined;
}
