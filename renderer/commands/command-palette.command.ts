import type { Command } from './command.ts';

/** Opens the palette of commands. Whoever draws it runs the chosen one. */
export const commandPaletteCommand: Command = {
  id: 'command-palette',
  title: 'Commands…',
  group: 'help',
  section: 0,
  order: 10,
  keys: ['Mod+K', 'Mod+Shift+P'],
  inTextFields: true,
  run({ dialogs }) {
    void dialogs.ask('commandPalette', {});
  },
};
