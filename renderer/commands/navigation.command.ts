import { NAVIGATIONS, type Navigation } from '../state/session/navigation.ts';
import type { Command } from './command.ts';

/** One of three habits of panning and zooming, of which the present one is ticked. */
function navigationCommand(navigation: Navigation, index: number): Command {
  return {
    id: `navigate-${navigation}`,
    title: NAVIGATIONS[navigation],
    group: 'view',
    section: 2.4,
    submenu: 'Pan and Zoom',
    order: 10 * index,
    keys: [],
    isChosen: ({ session }) => session.getState().navigation === navigation,
    run({ session }) {
      session.set({ navigation });
    },
  };
}

export const navigationCommands: readonly Command[] = (Object.keys(NAVIGATIONS) as Navigation[]).map(navigationCommand);
