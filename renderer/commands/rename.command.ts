import { findMember, renameMember, renamePort, type GraphNode, type ModelClass } from '../../core/document/index.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import type { Command, CommandContext } from './command.ts';
import { editOrTell } from '../state/edit-or-tell.ts';

type Named = Extract<GraphNode, { readonly kind: 'call' | 'input' | 'output' }>;

/** The one selected node, if it has a name. */
function findSelected({ document, session }: CommandContext): { readonly openClass: ModelClass; readonly node: Named } | undefined {
  const { lens, open, selection } = session.getState();
  const openClass = findOpenClass(document.getState().document, open);
  const [id, ...others] = selection.nodes;
  if (lens !== 'flow' || !openClass || id === undefined || others.length > 0) return undefined;
  const node = openClass.nodes[id];
  return node && (node.kind === 'call' || node.kind === 'input' || node.kind === 'output') ? { openClass, node } : undefined;
}

/** What its name may not be: members and fields are attributes of one object, inputs arguments of one function. */
function namesBeside(openClass: ModelClass, node: Named): readonly string[] {
  const others =
    node.kind === 'call'
      ? [...openClass.members.filter(({ id }) => id !== node.member), ...openClass.fields]
      : Object.values(openClass.nodes).filter((each) => each.kind === node.kind && each.id !== node.id);
  return others.flatMap((each) => ('name' in each ? each.name : []));
}

export const renameCommand: Command = {
  id: 'rename',
  title: 'Rename…',
  group: 'edit',
  section: 2,
  order: 40,
  keys: ['F2'],
  when: (context) => findSelected(context) !== undefined,
  needs: 'Select one node first that has a name of its own.',
  async run(context) {
    const selected = findSelected(context);
    if (!selected) return;
    const { openClass, node } = selected;
    const present = node.kind === 'call' ? findMember(openClass, node.member)?.name : node.name;
    if (present === undefined) return;
    const name = await context.dialogs.ask('rename', {
      what: node.kind === 'call' ? 'member' : node.kind,
      name: present,
      taken: namesBeside(openClass, node),
    });
    if (name === undefined || name === present) return;
    editOrTell(context, `Rename ${present} to ${name}`, (document) =>
      node.kind === 'call' ? renameMember(document, openClass.id, node.member, name) : renamePort(document, openClass.id, node.id, name),
    );
  },
};
