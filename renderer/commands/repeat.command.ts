/** @file A member as a list of repeats, each with weights of its own, and back. */
import { setRepeat, type Member, type ModelClass } from '../../core/document/index.ts';
import { graphOf } from '../../core/graph/index.ts';
import type { Command, CommandContext } from './command.ts';
import { editOrTell } from '../state/edit-or-tell.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

/** The member of the one selected call. */
function findRepeatable(context: CommandContext): { readonly openClass: ModelClass; readonly member: Member } | undefined {
  const selected = selectedNodes(context);
  const node = selected?.nodes.length === 1 ? selected.openClass.nodes[selected.nodes[0]!] : undefined;
  const member = node?.kind === 'call' ? graphOf(selected!.openClass).behind(node.member) : undefined;
  return selected && member && { openClass: selected.openClass, member };
}

export const repeatCommand: Command = {
  id: 'repeat',
  title: 'Repeat n Times…',
  group: 'edit',
  section: 3.7,
  submenu: 'Class',
  order: 34,
  keys: ['R'],
  when: (context) => findRepeatable(context) !== undefined,
  needs: 'Select a node first that calls a module.',
  async run(context) {
    const found = findRepeatable(context);
    if (!found) return;
    const { openClass, member } = found;
    const present = typeof member.repeat === 'number' ? member.repeat : 2;
    const times = await context.dialogs.ask('repeat', { name: member.name, present, fields: openClass.fields.map(({ name }) => name) });
    if (times === undefined) return;
    const words = typeof times === 'number' ? String(times) : times.$;
    editOrTell(context, `Repeat ${member.name} ${words} times`, (document) => setRepeat(document, openClass.id, member.id, times));
  },
};

export const unrepeatCommand: Command = {
  id: 'unrepeat',
  title: 'Make It a Single Module',
  group: 'edit',
  section: 3.7,
  submenu: 'Class',
  order: 36,
  keys: ['Shift+R'],
  when: (context) => findRepeatable(context)?.member.repeat !== undefined,
  needs: 'Select a node first that calls a list.',
  run(context) {
    const found = findRepeatable(context);
    if (!found) return;
    const { openClass, member } = found;
    editOrTell(context, `Make ${member.name} a single module`, (document) => setRepeat(document, openClass.id, member.id, undefined));
  },
};
