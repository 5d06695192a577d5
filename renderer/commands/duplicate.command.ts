import { duplicateNodes } from '../../core/document/index.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import { formatItems } from './shared/format-items.ts';
import type { Command } from './command.ts';
import { editWithIds } from '../state/edit-or-tell.ts';
import { selectedItems } from './shared/selected-nodes.ts';

/** Copies nodes with members of their own. To share weights instead, call them again. */
export const duplicateCommand: Command = {
  id: 'duplicate',
  title: 'Duplicate (New Weights)',
  group: 'edit',
  section: 1,
  order: 50,
  keys: ['Mod+D', 'Shift+D'],
  when: (context) => selectedItems(context) !== undefined,
  needs: 'Select nodes or notes first.',
  run(context) {
    const selected = selectedItems(context);
    if (!selected) return;
    const { openClass, open, nodes, annotations } = selected;
    editWithIds(
      context,
      `Duplicate ${formatItems(nodes.length, annotations.length)}`,
      (document) => duplicateNodes(document, openClass.id, nodes, annotations),
      (made) => ({ open, selection: { ...NOTHING_SELECTED, nodes: made.nodes, annotations: made.annotations } }),
    );
  },
};
