import { keyWithin, splitKey } from '../state/session/expansion.ts';
import { expandableAt, expandedIn, withExpanded } from '../state/derived/frames.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import type { Command, CommandContext } from './command.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

/** The keys of what the command works on: the selected calls of classes, or what one is inside of. */
function targets(context: Pick<CommandContext, 'document' | 'session'>): readonly string[] {
  const { inside, lens } = context.session.getState();
  const selected = selectedNodes(context);
  const model = context.document.getState().document;
  const calls = (selected?.nodes ?? [])
    .map((node) => keyWithin(inside, node))
    .filter((key) => selected && expandableAt(model, selected.openClass, selected.open, key) !== undefined);
  return calls.length > 0 || lens !== 'flow' || inside === '' ? calls : [inside];
}

function isExpanded({ session }: Pick<CommandContext, 'session'>, keys: readonly string[]): boolean {
  const expanded = expandedIn(session.getState());
  return keys.every((key) => Object.hasOwn(expanded, key));
}

/** Shows the insides of calls where they stand, or folds them; what was selected in one that is folded leaves it to the call. */
export function expandInPlace({ session }: Pick<CommandContext, 'session'>, keys: readonly string[], item: number | null): void {
  const state = session.getState();
  const around = item === null ? keys.find((key) => state.inside === key || state.inside.startsWith(`${key}/`)) : undefined;
  session.set(withExpanded(state, keys, item));
  if (around === undefined) return;
  const { inside, id } = splitKey(around);
  const left = state.inside.split('/').length - (inside === '' ? 0 : inside.split('/').length);
  session.set({ open: state.open.slice(0, state.open.length - left), inside, selection: { ...NOTHING_SELECTED, nodes: [id] } });
}

/** Nothing of the document changes: it is how one looks at it, remembered for each view. */
export const expandInPlaceCommand: Command = {
  id: 'expand-in-place',
  title: 'Expand the Class in Place, or Fold It',
  titleNow: (context) => (isExpanded(context, targets(context)) ? 'Fold the Class Again' : 'Expand the Class in Place'),
  group: 'view',
  section: 0,
  order: 45,
  keys: ['Alt+C'],
  when: (context) => targets(context).length > 0,
  needs: 'Select a node first that uses a class.',
  run(context) {
    const keys = targets(context);
    expandInPlace(context, keys, isExpanded(context, keys) ? null : 0);
  },
};
