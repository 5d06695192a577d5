import { undoLabel } from '../state/document/store.ts';
import type { Command } from './command.ts';

/** One gesture back. Results stay, marked as stale where they no longer belong to the document. */
export const undoCommand: Command = {
  id: 'undo',
  title: 'Undo',
  titleNow: ({ document }) => `Undo ${undoLabel(document.getState()) ?? ''}`.trim(),
  group: 'edit',
  section: 0,
  order: 10,
  keys: ['Mod+Z'],
  inTextFields: 'untouched',
  when: ({ document }) => undoLabel(document.getState()) !== undefined,
  needs: 'Nothing to undo.',
  run({ document }) {
    document.undo();
  },
};
