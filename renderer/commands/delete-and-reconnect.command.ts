import { removeAndReconnect } from '../../core/check/index.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import { formatPlural } from '../ui/format.ts';
import type { Command } from './command.ts';
import { editWithIds } from '../state/edit-or-tell.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

/** Takes nodes out of a chain: what came in goes on to where their results went. */
export const deleteAndReconnectCommand: Command = {
  id: 'delete-and-reconnect',
  title: 'Delete and Reconnect',
  group: 'edit',
  section: 1,
  order: 70,
  keys: ['Mod+Delete', 'Mod+Backspace'],
  when: (context) => selectedNodes(context) !== undefined,
  needs: 'Select a node first.',
  run(context) {
    const selected = selectedNodes(context);
    if (!selected) return;
    const { openClass, open, nodes } = selected;
    const known = context.check.getState().check.instanceAt(openClass.id, open.at(-1)?.instance);
    const made = editWithIds(
      context,
      `Delete ${formatPlural(nodes.length, 'node')} and reconnect`,
      (document) => removeAndReconnect(document, openClass.id, nodes, known),
      () => ({ open, selection: NOTHING_SELECTED }),
    );
    if (made && made.said.length > 0) context.dialogs.tell(made.said.slice(0, 3).join(' '));
  },
};
