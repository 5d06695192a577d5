import { showPanel } from '../state/session/workspaces.ts';
import type { Command } from './command.ts';

type Shown = { readonly id: string; readonly title: string; readonly order: number };

/** The command that brings a tab of the bottom panel to the front. */
export function showPanelCommand({ id, title, order }: Shown): Command {
  return {
    id: `show-${id}`,
    title: `Show ${title}`,
    group: 'view',
    section: 1.5,
    submenu: 'Panels',
    // Behind the sides of the window.
    order: 100 + order,
    keys: [],
    run({ session }) {
      session.set(showPanel(session.getState(), id));
    },
  };
}
