import type { Command } from './command.ts';

/** The view belongs to the session, class by class: the document knows nothing of it. */
export const zoomToFitCommand: Command = {
  id: 'zoom-to-fit',
  title: 'Zoom to Fit',
  group: 'view',
  section: 0,
  order: 20,
  keys: ['Shift+1', 'Home'],
  run({ canvas }) {
    canvas.fit('all');
  },
};

export const zoomToSelectionCommand: Command = {
  id: 'zoom-to-selection',
  title: 'Zoom to Selection',
  group: 'view',
  section: 0,
  order: 30,
  keys: ['F', '.'],
  needs: 'Select a node first.',
  when({ session }) {
    const { nodes, modules } = session.getState().selection;
    return nodes.length + modules.length > 0;
  },
  run({ canvas }) {
    canvas.fit('selection');
  },
};
