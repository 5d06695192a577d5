import { groupIntoClass } from '../../core/document/index.ts';
import { findOpenClass } from '../derived/open-class.ts';
import { NOTHING_SELECTED } from '../session/store.ts';
import { formatPlural } from '../ui/format.ts';
import type { Command } from './command.ts';
import { editWithIds } from './shared/report.ts';

/** Makes the selection a class of its own and calls it in its place; probes and members move along. */
export const groupIntoClassCommand: Command = {
  id: 'group-into-class',
  title: 'Group into a Class',
  group: 'edit',
  section: 3,
  keys: ['Mod+G'],
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
      `Group ${formatPlural(selection.nodes.length, 'node')} into a class`,
      (document) => groupIntoClass(document, openClass.id, selection.nodes),
      ({ node }) => ({ open, selection: { ...NOTHING_SELECTED, nodes: [node] } }),
    );
  },
};
