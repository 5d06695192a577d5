import { duplicateNodes } from '../../core/document/index.ts';
import { findOpenClass } from '../derived/open-class.ts';
import { NOTHING_SELECTED } from '../session/store.ts';
import { formatPlural } from '../ui/format.ts';
import type { Command } from './command.ts';
import { editWithIds } from './shared/report.ts';

/** Copies nodes with members of their own. To share weights instead, call a member again from the inspector. */
export const duplicateCommand: Command = {
  id: 'duplicate',
  title: 'Duplicate',
  group: 'edit',
  section: 1,
  keys: ['Mod+D'],
  when({ session }) {
    const { lens, selection } = session.getState();
    return lens === 'flow' && selection.nodes.length > 0;
  },
  run(context) {
    const { open, selection } = context.session.getState();
    const openClass = findOpenClass(context.document.getState().document, open);
    if (!openClass) return;
    editWithIds(
      context,
      `Duplicate ${formatPlural(selection.nodes.length, 'node')}`,
      (document) => duplicateNodes(document, openClass.id, selection.nodes),
      ({ nodes }) => ({ open, selection: { ...NOTHING_SELECTED, nodes } }),
    );
  },
};
