import type { Command } from './command.ts';

/** Selection is no step of the history: nothing here can be undone, and nothing needs to be. */
export const deselectCommand: Command = {
  id: 'deselect',
  title: 'Select Nothing',
  group: 'edit',
  section: 2,
  order: 20,
  keys: ['Escape', 'Mod+Shift+A'],
  when({ session }) {
    const { nodes, wires, modules, annotations } = session.getState().selection;
    return nodes.length + wires.length + modules.length + annotations.length > 0;
  },
  run({ session }) {
    session.clearSelection();
  },
};
