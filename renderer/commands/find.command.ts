import type { Command } from './command.ts';

/** Opens the search through all classes. Whoever draws it jumps to what is chosen. */
export const findCommand: Command = {
  id: 'find',
  title: 'Find…',
  group: 'edit',
  section: 4,
  order: 25,
  keys: ['Mod+F'],
  inTextFields: true,
  run({ dialogs }) {
    void dialogs.ask('find', {});
  },
};
