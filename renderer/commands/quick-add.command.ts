import { findOpenClass } from '../state/derived/open-class.ts';
import type { Command } from './command.ts';
import { openQuickAdd } from './quick-add/open-quick-add.ts';

/** Typing what is added: `Linear 64`, Enter, `relu`, Enter. A tapped space bar and Tab on the canvas open it, too. */
export const quickAddCommand: Command = {
  id: 'quick-add',
  title: 'Quick Add…',
  group: 'edit',
  section: 5,
  order: 5,
  keys: ['Shift+A'],
  when: ({ document, session }) => findOpenClass(document.getState().document, session.getState().open) !== undefined,
  needs: 'Make a class first.',
  run: (context) => openQuickAdd(context),
};
