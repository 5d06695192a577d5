import { duplicateNodes } from '../../core/document/index.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import { formatPlural } from '../ui/format.ts';
import type { Command } from './command.ts';
import { editWithIds } from '../state/edit-or-tell.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

/** Copies nodes with members of their own. To share weights instead, call a member again from the inspector. */
export const duplicateCommand: Command = {
  id: 'duplicate',
  title: 'Duplicate',
  group: 'edit',
  section: 1,
  keys: ['Mod+D'],
  when: (context) => selectedNodes(context) !== undefined,
  run(context) {
    const selected = selectedNodes(context);
    if (!selected) return;
    const { openClass, open, nodes } = selected;
    editWithIds(
      context,
      `Duplicate ${formatPlural(nodes.length, 'node')}`,
      (document) => duplicateNodes(document, openClass.id, nodes),
      ({ nodes }) => ({ open, selection: { ...NOTHING_SELECTED, nodes } }),
    );
  },
};
