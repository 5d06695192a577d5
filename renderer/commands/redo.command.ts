import { redoLabel } from '../state/document/store.ts';
import type { Command } from './command.ts';

/** One gesture on again, until another edit is made. */
export const redoCommand: Command = {
  id: 'redo',
  title: 'Redo',
  titleNow: ({ document }) => `Redo ${redoLabel(document.getState()) ?? ''}`.trim(),
  group: 'edit',
  section: 0,
  order: 20,
  keys: ['Mod+Shift+Z', 'Mod+Y'],
  inTextFields: 'untouched',
  when: ({ document }) => redoLabel(document.getState()) !== undefined,
  needs: 'Nothing was undone.',
  run({ document }) {
    document.redo();
  },
};
