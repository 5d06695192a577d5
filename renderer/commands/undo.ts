import { undoLabel } from '../document/store.ts';
import type { Command } from './command.ts';

export const undoCommand: Command = {
  id: 'undo',
  title: 'Undo',
  titleNow: ({ document }) => `Undo ${undoLabel(document.getState()) ?? ''}`.trim(),
  group: 'edit',
  section: 0,
  keys: ['Mod+Z'],
  when: ({ document }) => undoLabel(document.getState()) !== undefined,
  run({ document }) {
    document.undo();
  },
};
