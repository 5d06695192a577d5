import { NOTHING_SELECTED } from '../state/session/store.ts';
import type { Command } from './command.ts';

/** The selection goes: nodes of a graph and Modules of a tree do not stand for each other one to one. */
export const toggleLensCommand: Command = {
  id: 'toggle-lens',
  title: 'Switch Lens',
  titleNow: ({ session }) => (session.getState().lens === 'flow' ? 'Switch to Structure' : 'Switch to Data Flow'),
  group: 'view',
  section: 0,
  order: 10,
  keys: ['Mod+L'],
  run({ session }) {
    const { lens } = session.getState();
    session.set({ lens: lens === 'flow' ? 'structure' : 'flow', selection: NOTHING_SELECTED, hover: null });
  },
};
