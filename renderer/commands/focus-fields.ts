import type { Command, CommandContext } from './command.ts';

/** Puts the keyboard into a field by its accessible name, once what was opened for it is drawn. */
function focusField(name: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[aria-label="${name}"]`)?.focus());
}

export const findInPaletteCommand: Command = {
  id: 'add-node',
  title: 'Add a Layer or Op…',
  group: 'edit',
  section: 3,
  keys: ['Shift+A', '/'],
  run({ session }: CommandContext) {
    session.set({ leftOpen: true });
    focusField('Search layers and ops');
  },
};

export const findModulesCommand: Command = {
  id: 'find-modules',
  title: 'Filter Modules…',
  group: 'edit',
  section: 2,
  keys: ['Mod+F'],
  inTextFields: true,
  run() {
    focusField('Filter modules');
  },
};
