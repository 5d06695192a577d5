import { disconnect, removeAnnotations, removeNodes } from '../../core/document/index.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import { formatPlural } from '../ui/format.ts';
import { formatItems } from './shared/format-items.ts';
import { leaveClass } from './classes.command.ts';
import type { Command, CommandContext } from './command.ts';
import { editOrTell } from '../state/edit-or-tell.ts';

/** With nothing selected, Backspace leads out of the class that is open, as it leads back elsewhere. */
function isLeaving({ session }: CommandContext): boolean {
  const { lens, open, selection } = session.getState();
  return lens === 'flow' && open.length > 0 && selection.nodes.length + selection.wires.length + selection.annotations.length === 0;
}

/** Nodes with all that hangs on them, and wires, as one step. A member goes with the last call of it. */
export const deleteSelectionCommand: Command = {
  id: 'delete-selection',
  title: 'Delete',
  group: 'edit',
  section: 1,
  order: 60,
  keys: ['Delete', 'Backspace'],
  titleNow: (context) => (isLeaving(context) ? 'Leave the Class' : 'Delete'),
  needs: 'Select what is to be deleted first.',
  when(context) {
    const { lens, selection } = context.session.getState();
    const count = selection.nodes.length + selection.wires.length + selection.annotations.length;
    return lens === 'flow' && (count > 0 || isLeaving(context));
  },
  run(context) {
    if (isLeaving(context)) {
      leaveClass(context);
      return;
    }
    const { open, selection } = context.session.getState();
    const openClass = findOpenClass(context.document.getState().document, open);
    if (!openClass) return;
    const { nodes, wires, annotations } = selection;
    const isItems = nodes.length + annotations.length > 0;
    editOrTell(
      context,
      `Delete ${isItems ? formatItems(nodes.length, annotations.length) : formatPlural(wires.length, 'wire')}`,
      (document) => {
        const cut = removeNodes(disconnect(document, openClass.id, wires), openClass.id, nodes);
        return removeAnnotations(cut, openClass.id, annotations);
      },
      { place: { open, selection: NOTHING_SELECTED } },
    );
  },
};
