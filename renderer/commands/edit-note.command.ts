import { annotationsOf } from '../../core/document/index.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import type { Command, CommandContext } from './command.ts';

/** The one selected note or frame. */
function findSelected({ document, session }: Pick<CommandContext, 'document' | 'session'>): string | undefined {
  const { lens, open, selection } = session.getState();
  const [id, ...others] = selection.annotations;
  const openClass = findOpenClass(document.getState().document, open);
  if (lens !== 'flow' || !openClass || others.length + selection.nodes.length + selection.wires.length > 0) return undefined;
  return annotationsOf(openClass).find((each) => each.id === id)?.id;
}

/** Types in the selected note, or in the title of the selected frame. On the canvas Enter and F2 do it, which open and rename nodes. */
export const editNoteCommand: Command = {
  id: 'edit-note',
  title: 'Edit Text of the Note',
  group: 'edit',
  section: 5,
  order: 60,
  keys: [],
  when: (context) => findSelected(context) !== undefined,
  run(context) {
    context.session.set({ typingIn: findSelected(context) ?? null });
  },
};
