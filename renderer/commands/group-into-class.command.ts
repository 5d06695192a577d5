import { groupIntoClass } from '../../core/document/index.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import { formatPlural } from '../ui/format.ts';
import type { Command } from './command.ts';
import { editWithIds } from '../state/edit-or-tell.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

/** Makes the selection a class of its own and calls it in its place; probes and members move along, inputs and outputs of the class around stay. */
export const groupIntoClassCommand: Command = {
  id: 'group-into-class',
  title: 'Group into a Class',
  group: 'edit',
  section: 3.6,
  submenu: 'Class',
  order: 20,
  keys: ['Mod+G'],
  when: (context) => selectedNodes(context) !== undefined,
  needs: 'Select the nodes first that are to become a class.',
  run(context) {
    const selected = selectedNodes(context);
    if (!selected) return;
    const { openClass, open } = selected;
    const inner = selected.nodes.filter((id) => !/^(in|out)put$/.test(openClass.nodes[id]?.kind ?? ''));
    // Where there is nothing else, the edit says why not.
    const nodes = inner.length > 0 ? inner : selected.nodes;
    const { annotations } = context.session.getState().selection;
    editWithIds(
      context,
      `Group ${formatPlural(nodes.length, 'node')} into a class`,
      (document) => groupIntoClass(document, openClass.id, nodes, undefined, annotations),
      ({ node }) => ({ open, selection: { ...NOTHING_SELECTED, nodes: [node] } }),
    );
  },
};
