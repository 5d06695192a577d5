import type { Command } from './command.ts';

export const deselectCommand: Command = {
  id: 'deselect',
  title: 'Select Nothing',
  group: 'edit',
  section: 2,
  keys: ['Escape', 'Mod+Shift+A'],
  when({ session }) {
    const { nodes, wires, modules } = session.getState().selection;
    return nodes.length + wires.length + modules.length > 0;
  },
  run({ session }) {
    session.clearSelection();
  },
};
