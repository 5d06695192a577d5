import type { Command } from './command.ts';

/** A table made from the list of commands, so that it cannot fall behind. */
export const shortcutsCommand: Command = {
  id: 'shortcuts',
  title: 'Keyboard Shortcuts',
  group: 'help',
  section: 0,
  order: 20,
  keys: ['?'],
  run({ dialogs }) {
    void dialogs.ask('shortcuts', {});
  },
};

export const aboutCommand: Command = {
  id: 'about',
  title: 'About Espalier',
  group: 'help',
  section: 1,
  order: 10,
  keys: [],
  run({ dialogs }) {
    void dialogs.ask('about', {});
  },
};
