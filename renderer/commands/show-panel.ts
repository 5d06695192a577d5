import type { Command } from './command.ts';

/** The command that brings a tab of the bottom panel to the front. */
export function showPanelCommand({ id, title }: { readonly id: string; readonly title: string }): Command {
  return {
    id: `show-${id}`,
    title: `Show ${title}`,
    group: 'view',
    section: 1,
    keys: [],
    run({ session }) {
      session.set({ bottomTab: id, bottomOpen: true });
    },
  };
}
