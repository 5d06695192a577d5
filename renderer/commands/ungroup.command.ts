import { classIdOf, ungroup } from '../../core/document/index.ts';
import { graphOf } from '../../core/graph/index.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import type { Command, CommandContext } from './command.ts';
import { editWithIds } from '../state/edit-or-tell.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

/** The one selected call of a class. */
function findGroup(context: CommandContext): (NonNullable<ReturnType<typeof selectedNodes>> & { readonly name: string }) | undefined {
  const selected = selectedNodes(context);
  const node = selected?.nodes.length === 1 ? selected.openClass.nodes[selected.nodes[0]!] : undefined;
  const member = node?.kind === 'call' ? graphOf(selected!.openClass).behind(node.member) : undefined;
  return selected && member && classIdOf(member.type) !== undefined ? { ...selected, name: member.name } : undefined;
}

/** Puts what a class holds in the place of its call, wired as it was. */
export const ungroupCommand: Command = {
  id: 'ungroup',
  title: 'Ungroup the Class',
  group: 'edit',
  section: 3.6,
  submenu: 'Class',
  order: 30,
  keys: ['Mod+Shift+G'],
  when: (context) => findGroup(context) !== undefined,
  needs: 'Select a node first that uses a class.',
  run(context) {
    const found = findGroup(context);
    if (!found) return;
    const { openClass, open, nodes, name } = found;
    editWithIds(
      context,
      `Ungroup ${name}`,
      (document) => ungroup(document, openClass.id, nodes[0]!),
      (made) => ({ open, selection: { ...NOTHING_SELECTED, nodes: made.nodes, annotations: made.annotations } }),
    );
  },
};
