import { keysOf } from '../../core/document/index.ts';
import { findBaseClass } from '../state/derived/frames.ts';
import { isMinimapShown } from '../state/session/minimap.ts';
import type { Command, CommandContext } from './command.ts';

const NOTHING = {};

function isShown({ document, runs, session }: CommandContext): boolean {
  const state = session.getState();
  const size =
    state.lens === 'structure'
      ? runs.getState().modules.length
      : keysOf(findBaseClass(document.getState().document, state)?.nodes ?? NOTHING).length;
  return isMinimapShown(state, size);
}

/** What one says holds for all graphs, from then on. */
export const toggleMinimapCommand: Command = {
  id: 'toggle-minimap',
  title: 'Show or Hide the Minimap',
  titleNow: (context) => (isShown(context) ? 'Hide the Minimap' : 'Show the Minimap'),
  group: 'view',
  section: 0,
  order: 60,
  keys: ['Shift+M'],
  run(context) {
    context.session.set({ minimap: isShown(context) ? 'hidden' : 'shown' });
  },
};
