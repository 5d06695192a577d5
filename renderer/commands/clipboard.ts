import { copyNodes, paste, removeNodes, type Clipping } from '../../core/document/index.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import { formatPlural } from '../ui/format.ts';
import type { Command, CommandContext } from './command.ts';
import { editOrTell, editWithIds } from '../state/edit-or-tell.ts';

/** What was cut or copied, per window. The system's clipboard would need a permission that nothing else here needs. */
const clippings = new WeakMap<CommandContext['session'], Clipping>();

function hasNodes({ session }: CommandContext): boolean {
  const { lens, selection } = session.getState();
  return lens === 'flow' && selection.nodes.length > 0;
}

function copy({ document, session }: CommandContext): string | undefined {
  const { open, selection } = session.getState();
  const model = document.getState().document;
  const openClass = findOpenClass(model, open);
  if (openClass) clippings.set(session, copyNodes(model, openClass.id, selection.nodes));
  return openClass?.id;
}

export const copyCommand: Command = {
  id: 'copy',
  title: 'Copy',
  group: 'edit',
  section: 1,
  keys: ['Mod+C'],
  when: hasNodes,
  run(context) {
    copy(context);
  },
};

export const cutCommand: Command = {
  id: 'cut',
  title: 'Cut',
  group: 'edit',
  section: 1,
  keys: ['Mod+X'],
  when: hasNodes,
  run(context) {
    const classId = copy(context);
    const { open, selection } = context.session.getState();
    if (classId === undefined) return;
    editOrTell(context, `Cut ${formatPlural(selection.nodes.length, 'node')}`, (model) => removeNodes(model, classId, selection.nodes), {
      place: { open, selection: NOTHING_SELECTED },
    });
  },
};

export const pasteCommand: Command = {
  id: 'paste',
  title: 'Paste',
  group: 'edit',
  section: 1,
  keys: ['Mod+V'],
  when: ({ session }) => session.getState().lens === 'flow' && clippings.has(session),
  run(context) {
    const { open } = context.session.getState();
    const openClass = findOpenClass(context.document.getState().document, open);
    const clipping = clippings.get(context.session);
    if (!openClass || !clipping) return;
    editWithIds(
      context,
      `Paste ${formatPlural(clipping.nodes.length, 'node')}`,
      (model) => paste(model, openClass.id, clipping),
      ({ nodes }) => ({ open, selection: { ...NOTHING_SELECTED, nodes } }),
    );
  },
};
