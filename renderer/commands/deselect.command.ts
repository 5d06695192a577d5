import { tracedHere } from '../state/derived/traced.ts';
import { leaveClass } from './classes.command.ts';
import type { Command, CommandContext } from './command.ts';

/** Selection is no step of the history: nothing here can be undone, and nothing needs to be. A highlight goes first; with nothing selected, Escape leads out of the class. */
export const deselectCommand: Command = {
  id: 'deselect',
  title: 'Select Nothing',
  titleNow: (context) => (isTracing(context) ? 'Highlight Nothing' : hasSelection(context) ? 'Select Nothing' : 'Leave the Class'),
  group: 'edit',
  section: 3.1,
  submenu: 'Select',
  order: 20,
  keys: ['Escape', 'Mod+Shift+A'],
  when: (context) => isTracing(context) || hasSelection(context) || isInside(context),
  run(context) {
    if (isTracing(context)) context.session.set({ traced: null });
    else if (hasSelection(context)) context.session.clearSelection();
    else leaveClass(context);
  },
};

function isTracing({ session }: Pick<CommandContext, 'session'>): boolean {
  return tracedHere(session.getState()) !== null;
}

function hasSelection({ session }: Pick<CommandContext, 'session'>): boolean {
  const { nodes, wires, modules, annotations } = session.getState().selection;
  return nodes.length + wires.length + modules.length + annotations.length > 0;
}

function isInside({ session }: Pick<CommandContext, 'session'>): boolean {
  const { lens, open } = session.getState();
  return lens === 'flow' && open.length > 0;
}
