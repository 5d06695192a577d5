import { FIELD_IDS } from '../ui/field-ids.ts';
import type { Command, CommandContext } from './command.ts';

/** Puts the keyboard into a field, once what was opened for it is drawn. */
function focusField(id: (typeof FIELD_IDS)[keyof typeof FIELD_IDS]): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}

/** Puts the keyboard into the first field of what the inspector shows. */
export function focusInspector({ session }: Pick<CommandContext, 'session'>): void {
  session.set({ rightOpen: true, isFocused: false });
  requestAnimationFrame(() => {
    const inspector = document.getElementById(FIELD_IDS.inspector);
    const field = inspector?.querySelector<HTMLElement>('input:not([disabled]), select:not([disabled]), textarea');
    (field ?? inspector?.querySelector<HTMLElement>('button:not([disabled])') ?? inspector)?.focus();
  });
}

export const findInPaletteCommand: Command = {
  id: 'add-node',
  title: 'Add a Layer or Op…',
  group: 'edit',
  section: 5,
  order: 10,
  keys: ['/'],
  run({ session }: CommandContext) {
    // Another thing is looked for than the last time.
    session.set({ leftOpen: true, isFocused: false, paletteText: '' });
    focusField(FIELD_IDS.palette);
  },
};

export const findModulesCommand: Command = {
  id: 'find-modules',
  title: 'Filter Modules…',
  group: 'edit',
  section: 3.3,
  submenu: 'Select',
  order: 30,
  keys: ['Mod+Shift+F'],
  inTextFields: true,
  run() {
    focusField(FIELD_IDS.filter);
  },
};
