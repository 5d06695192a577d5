import { NOTHING_SELECTED } from '../session/store.ts';
import type { Command } from './command.ts';

export const toggleLensCommand: Command = {
  id: 'toggle-lens',
  title: 'Switch Lens',
  group: 'view',
  section: 0,
  keys: ['Mod+L'],
  run({ session }) {
    const { lens } = session.getState();
    session.set({ lens: lens === 'flow' ? 'structure' : 'flow', selection: NOTHING_SELECTED, hover: null });
  },
};
