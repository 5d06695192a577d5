import { bridgeNodes, removeNodes } from '../../core/document/index.ts';
import { findOpenClass } from '../derived/open-class.ts';
import { NOTHING_SELECTED } from '../session/store.ts';
import { formatPlural } from '../ui/format.ts';
import type { Command } from './command.ts';
import { editOrTell } from './shared/report.ts';

/** Takes nodes out of a chain: what came in goes on to where their results went. */
export const deleteAndReconnectCommand: Command = {
  id: 'delete-and-reconnect',
  title: 'Delete and Reconnect',
  group: 'edit',
  section: 1,
  keys: ['Mod+Delete', 'Mod+Backspace'],
  when({ session }) {
    const { lens, selection } = session.getState();
    return lens === 'flow' && selection.nodes.length > 0;
  },
  run(context) {
    const { open, selection } = context.session.getState();
    const openClass = findOpenClass(context.document.getState().document, open);
    if (!openClass) return;
    editOrTell(
      context,
      `Delete ${formatPlural(selection.nodes.length, 'node')} and reconnect`,
      (document) => removeNodes(bridgeNodes(document, openClass.id, selection.nodes), openClass.id, selection.nodes),
      { place: { open, selection: NOTHING_SELECTED } },
    );
  },
};
