import type { Theme } from '../state/session/store.ts';
import type { Command } from './command.ts';

/** One of three choices of which the present one is ticked. */
function themeCommand(theme: Theme, title: string): Command {
  return {
    id: `theme-${theme}`,
    title,
    group: 'view',
    section: 2,
    keys: [],
    isChosen: ({ session }) => session.getState().theme === theme,
    run({ session }) {
      session.set({ theme });
    },
  };
}

export const themeCommands: readonly Command[] = [
  themeCommand('dark', 'Dark Theme'),
  themeCommand('light', 'Light Theme'),
  themeCommand('system', 'Theme of the System'),
];
