import type { Theme } from '../state/session/store.ts';
import type { Command } from './command.ts';

/** One of three choices of which the present one is ticked. */
function themeCommand(theme: Theme, title: string, order: number): Command {
  return {
    id: `theme-${theme}`,
    title,
    group: 'view',
    section: 2.1,
    submenu: 'Theme',
    order,
    keys: [],
    isChosen: ({ session }) => session.getState().theme === theme,
    run({ session }) {
      session.set({ theme });
    },
  };
}

export const themeCommands: readonly Command[] = [
  themeCommand('dark', 'Dark Theme', 10),
  themeCommand('light', 'Light Theme', 20),
  themeCommand('system', 'Theme of the System', 30),
];
